import type { UsageHistory } from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';

// Separate from the client, so that pages that show only present figures do not load it.

/** Six months of every metric, for viewers who may see everybody's use in units. */
export function readUsageHistory(client: UsageKitClient, accountId: string): Promise<UsageHistory> {
  return client.request({ path: paths.usageHistory(accountId) });
}
