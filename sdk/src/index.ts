export { newIdempotencyKey } from '@usagekit/server/contract';
export {
  type CallOptions,
  type ClientOptions,
  createClient,
  type UsageKitClient,
} from './client/create-client.ts';
export type { GetToken, Session } from './client/token-source.ts';
export { type ClientErrorCode, UsageKitError } from './client/usagekit-error.ts';
export { type Resource, type ResourceStatus, resourceOf } from './hooks/resource.ts';
export { useCatalog } from './hooks/use-catalog.ts';
export { useCheck } from './hooks/use-check.ts';
export { useCreditBalance } from './hooks/use-credit-balance.ts';
export { type LedgerOptions, useLedger } from './hooks/use-ledger.ts';
export { useModels } from './hooks/use-models.ts';
export type { PagedResource } from './hooks/use-pages.ts';
export { usePlan } from './hooks/use-plan.ts';
export type { AccountOptions } from './hooks/use-session-store.ts';
export { useSummary } from './hooks/use-summary.ts';
export { useTask } from './hooks/use-task.ts';
export { type TaskFilters, useTasks } from './hooks/use-tasks.ts';
export { useUsage } from './hooks/use-usage.ts';
export { useUsageSeries } from './hooks/use-usage-series.ts';
export { useWhoami } from './hooks/use-whoami.ts';
export { type UsageKitContextValue, useUsageKit } from './provider/context.ts';
export { UsageKitProvider, type UsageKitProviderProps } from './provider/usagekit-provider.tsx';
