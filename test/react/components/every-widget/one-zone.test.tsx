import { cleanup, render, screen, waitFor } from '@testing-library/react';
import {
  ActivityLog,
  Charges,
  ConnectBrowser,
  CreditBalance,
  Gate,
  ModelPicker,
  TaskTable,
  UsagePanel,
} from '@usagekit/react';
import { cleanupUsageKit, createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';
import type {
  AutoTopUp,
  CheckAnswer,
  ModelList,
  PaymentMethodAnswer,
  SubscriptionChange,
} from '@usagekit/server/contract';
import type { ReactElement } from 'react';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { pairing } from '../../../../sdk/gallery/fixtures/browsers.ts';
import { atRest } from '../../../../sdk/gallery/fixtures/change-flow.ts';
import { creditLabel } from '../../../../sdk/gallery/fixtures/credits.ts';
import { model } from '../../../../sdk/gallery/fixtures/models.ts';
import { fewerSeats } from '../../../../sdk/gallery/fixtures/settings.ts';
import { stale } from '../../../../sdk/gallery/gallery-state.ts';
import { AutoTopUpView } from '../../../../sdk/src/components/auto-top-up/index.ts';
import { PaymentMethodView } from '../../../../sdk/src/components/invoices/index.ts';
import { ModelRateView, RunCostView } from '../../../../sdk/src/components/model-cost/index.ts';
import { ChangeContent } from '../../../../sdk/src/components/subscription-change/change-content.tsx';
import { createFormat } from '../../../../sdk/src/format/create-format.ts';
import { resourceOf } from '../../../../sdk/src/hooks/base/resource.ts';

afterEach(cleanupUsageKit);

it('F10: tells every time of a page in the account’s zone where the provider names none', async () => {
  const mock = createUsageKitMock({
    scenario: 'healthy',
    account: { timeZone: 'Asia/Tokyo' },
    afterEach: onTestFinished,
  });
  await mock
    .account()
    .runTask('Summarize six papers', { items: [{ tool: 'search', calls: 2 }], agentId: 'sage' });
  const now = mock.clock.now();
  const inTokyo = new Intl.DateTimeFormat('en', {
    timeZone: 'Asia/Tokyo',
    hour: 'numeric',
    minute: '2-digit',
  }).format(now);
  const inUtc = new Intl.DateTimeFormat('en', { timeZone: 'UTC', hour: 'numeric', minute: '2-digit' }).format(
    now,
  );
  expect(inTokyo).not.toBe(inUtc);
  const { container } = renderWithUsageKit(
    <>
      <UsagePanel />
      <CreditBalance />
      <TaskTable />
      <ActivityLog />
      <Charges />
    </>,
    { mock, role: 'owner', provider: { timeZone: undefined } },
  );
  const widget = (name: string) => container.querySelector(`[data-widget='${name}']`);
  await waitFor(() => {
    expect(widget('usage-panel')).toHaveTextContent(inTokyo);
    expect(widget('credit-balance')).toHaveTextContent(inTokyo);
    expect(widget('task-table')).toHaveTextContent(inTokyo);
  });
  await screen.findByRole('region', { name: 'Activity' });
  await waitFor(() => expect(container.querySelector('[aria-busy]')).toBeNull());
  expect(container).not.toHaveTextContent(inUtc);
});

it('F10: tells a refusal before a run in the account’s zone and unit', async () => {
  // Another day than in UTC for most of the day.
  const zone = 'Pacific/Kiritimati';
  const mock = createUsageKitMock({
    scenario: 'outOfCredits',
    account: { timeZone: zone },
    afterEach: onTestFinished,
  });
  const { container } = renderWithUsageKit(<Gate use={{ items: [{ tool: 'work', calls: 10 }] }}>Run</Gate>, {
    mock,
    role: 'owner',
    provider: { timeZone: undefined },
  });
  await screen.findByRole('alert');
  const { nextReset } = await mock.account().credits();
  const dateIn = (timeZone: string) =>
    new Intl.DateTimeFormat('en', { timeZone, day: 'numeric', month: 'long' }).format(
      new Date(nextReset?.at ?? ''),
    );
  expect(dateIn(zone)).not.toBe(dateIn('UTC'));
  expect(container).toHaveTextContent(`on ${dateIn(zone)}.`);
});

// The day before in UTC.
const at = '2026-11-30T20:00:00.000Z';
const timeZone = 'Asia/Tokyo';
const models: ModelList = {
  items: [model({ id: 'one', label: 'One', tierLabel: 'Light', perRequest: '12' })],
  creditLabel,
  asOf: at,
  timeZone,
};
const topUp: AutoTopUp = {
  status: 'failed',
  enabled: true,
  unit: creditLabel,
  threshold: '50',
  packId: 'small',
  credits: '500',
  price: { amount: '5', currency: 'USD' },
  total: { amount: '5', currency: 'USD' },
  chargesPerCycleMax: null,
  chargesThisCycle: 0,
  creditsThisCycle: '0',
  failure: 'The card was declined.',
  retryAt: at,
  timeZone,
  paymentMethod: null,
};
const change: SubscriptionChange = { ...fewerSeats, effectiveAt: at, timeZone };

const cost: CheckAnswer = {
  allowed: true,
  cost: { amount: '86', unit: 'credits', lineItems: [] },
  refusal: null,
  remaining: { credits: { available: '120', held: '0', unit: 'credits' }, metrics: [], windows: [] },
  creditLabel,
  asOf: at,
  timeZone,
};
const payment = { isStarting: false, error: undefined, start: async () => {} };
const method: PaymentMethodAnswer = {
  paymentMethod: { kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true },
  canManage: false,
  asOf: at,
  timeZone,
};

it.each<[string, () => ReactElement, string]>([
  ['a pairing', () => <ConnectBrowser data={{ ...pairing, createdAt: at, timeZone }} />, '5:00 AM'],
  ['prices of models', () => <ModelPicker data={models} value={null} onChange={() => {}} />, '5:00 AM'],
  ['the price of a model', () => <ModelRateView model="one" resource={stale(models)} />, '5:00 AM'],
  ['the cost of a run', () => <RunCostView resource={stale(cost)} />, 'Dec 1, 5:00 AM'],
  [
    'the payment method',
    () => <PaymentMethodView resource={stale(method)} payment={payment} />,
    'Dec 1, 5:00 AM',
  ],
  ['the next try of a top-up', () => <AutoTopUpView resource={resourceOf(topUp)} />, 'Dec 1, 5:00 AM'],
  [
    'the preview of a change',
    () => (
      <ChangeContent
        flow={{ ...atRest, status: 'ready', change }}
        fields={<p>Seats</p>}
        buttonOf={() => 'Save'}
        outcomeOf={() => 'Saved'}
        format={createFormat()}
      />
    ),
    'December 1',
  ],
])('F10: tells %s in the account’s zone, where nothing else names one', (_, shown, told) => {
  const { container } = render(shown());
  expect(container.textContent?.replaceAll('\u00a0', ' ')).toContain(told);
  cleanup();
});
