import type { Explanation, Page, Use, UsesQuery } from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';

// Apart from the client, so that a page loads it only when a figure is opened.

/** The uses behind one figure, oldest first. */
export function readUses(client: UsageKitClient, accountId: string, query: UsesQuery): Promise<Page<Use>> {
  return client.request({ path: paths.uses(accountId), query });
}

/** The lines, rates and grants of a use or an entry of the ledger. */
export function readExplanation(
  client: UsageKitClient,
  accountId: string,
  entryId: string,
): Promise<Explanation> {
  return client.request({ path: paths.explain(accountId, entryId) });
}
