import { paths, type UsageHistory } from '@usagekit/server/contract';
import type { UsageKitClient } from './create-client.ts';

// Apart from the client, so that those who show only the present do not load it.

/** Six months of every metric, for those who may see everybody's use in units. */
export function readUsageHistory(client: UsageKitClient, accountId: string): Promise<UsageHistory> {
  return client.request({ path: paths.usageHistory(accountId) });
}
