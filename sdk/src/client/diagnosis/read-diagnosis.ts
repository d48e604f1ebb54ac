import type { Diagnosis } from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';

// Separate from the client, so that pages that only show figures do not load it.

/** Why work is blocked, if it is, and what helps, as far as the caller's role may see. */
export function readDiagnosis(
  client: UsageKitClient,
  accountId: string,
  signal?: AbortSignal,
): Promise<Diagnosis> {
  return client.request({ path: paths.diagnosis(accountId), signal });
}
