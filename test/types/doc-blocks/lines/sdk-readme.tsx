// biome-ignore-all lint/correctness/useHookAtTopLevel: the hooks are only held to their types
// biome-ignore-all lint/correctness/noUnusedVariables: the test appends the code that uses them
// biome-ignore-all lint/correctness/noUnusedImports: the same
/** The names that code within a line of this README takes from its surroundings. */
import * as kit from '@usagekit/react';
import { de } from '@usagekit/react/messages/de';
import * as testing from '@usagekit/react/testing';
import { handlers } from '@usagekit/react/testing/msw';
import { UsageKitOverlay } from '@usagekit/react/testing/overlay';
import { route, usageKitMatchers } from '@usagekit/react/testing/playwright';
import '@usagekit/react/testing/vitest';
import { afterEach, expect } from 'vitest';

const { CreditBalance, PurchaseDialog, SpentByMember, UsagePage, createClient, usePairing } = kit;
const { useCreditBalance, useUsage, useUsageHistory, useSummary, usePlan, useLedger, useModels, useCatalog } =
  kit;
const { useUsageSeries, useDiagnosis, useWhoami, useSubscriptionChange, useInvoices, useCheck, useTask } =
  kit;
const { useTasks, useMembers, useInvoiceActions, useUpcomingInvoice, useCharges, usePurchase } = kit;
const { usePaymentMethod, useAutoTopUp, useActivity, useConnectedBrowsers } = kit;
const { useOwnKeys } = kit;
const { remove } = useOwnKeys();
const { createUsageKitMock, fetchAt, renderWithUsageKit, scenarios } = testing;
const { loadMore } = useTasks();
const { buy } = usePurchase();
const { save } = useAutoTopUp();
const { decide } = usePairing('code');
const { disconnect } = useConnectedBrowsers();
const { allocate } = useMembers();
declare const series: Parameters<typeof useUsageSeries>[0];
const { metric, groupBy, interval, from, to } = series;
const mock = createUsageKitMock();
const shortOf = mock.account();
const { deliver } = await mock.webhooks(() => new Response());
const hold = mock.hold('GET *credits');
const ui = <UsagePage />;
declare const page: import('@playwright/test').Page;
declare const handler: (request: Request) => Promise<Response>;
declare const catalog: import('@usagekit/server/contract').CatalogConfig;
declare const MyRouter: import('react').ComponentType<{ children: import('react').ReactNode }>;
declare const baseUrl: string;
declare const code: string;
declare const taskId: string;
declare const packId: string;
declare const total: import('@usagekit/server/contract').Money;
declare const filters: Parameters<typeof useTasks>[0];
declare const items: import('@usagekit/server/contract').Item[];
declare function withOption(options: Parameters<typeof createUsageKitMock>[0]): void;
declare function report(code: string, path: string): void;
