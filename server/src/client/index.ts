export { newIdempotencyKey } from '../contract/http/new-idempotency-key.ts';
export {
  type CallOptions,
  type ChangeOptions,
  createUsageKitClient,
  type Gated,
  type UsageKitClient,
  type UsageKitClientOptions,
} from './create-usagekit-client.ts';
export type { FailurePolicies, FailurePolicy } from './offline/failure-policy.ts';
export { type Spool, type SpoolEntry, type SpooledOperation, SpoolFullError } from './offline/spool.ts';
export {
  type AdmittedOffline,
  type FailurePolicyOptions,
  type OfflineClient,
  type OfflineFigures,
  type Spooled,
  withFailurePolicy,
} from './offline/with-failure-policy.ts';
export type { Refused } from './refused.ts';
export { type HostViewer, neutralBody, toHostResponse } from './to-host-response.ts';
export { type TransportCode, UsageKitApiError } from './usagekit-api-error.ts';
