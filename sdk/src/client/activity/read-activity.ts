import type { Activity, Page, PageQuery } from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';

/** The activity log, newest first: purchases, adjustments and changes of what costs money. */
export function readActivity(
  client: UsageKitClient,
  accountId: string,
  page: PageQuery = {},
): Promise<Page<Activity>> {
  return client.request({ path: paths.activity(accountId), query: page });
}
