export { newIdempotencyKey } from '../contract/new-idempotency-key.ts';
export {
  type ChangeOptions,
  createUsageKitClient,
  type Gated,
  type UsageKitClient,
  type UsageKitClientOptions,
} from './create-usagekit-client.ts';
export type { Refused } from './refused.ts';
export { type HostViewer, neutralBody, toHostResponse } from './to-host-response.ts';
export { type TransportCode, UsageKitApiError } from './usagekit-api-error.ts';
