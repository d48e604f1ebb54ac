import type { ConnectedBrowser, Page, PageQuery, Pairing } from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';

// Separate from the client, so that pages that only show figures do not load the code that connects browsers.

/** A browser that asks to be connected, by the code that its extension shows. @throws UsageKitError `not_found` */
export function readPairing(client: UsageKitClient, userCode: string): Promise<Pairing> {
  return client.request({ path: paths.pairing(userCode) });
}

/**
 * Connects the browser, or refuses it. The same decision again changes nothing.
 *
 * @throws UsageKitError `not_found` where its time is over, `conflict` where it was decided otherwise
 */
export function decidePairing(
  client: UsageKitClient,
  userCode: string,
  decision: 'approve' | 'deny',
): Promise<Pairing> {
  const path = decision === 'approve' ? paths.approvePairing(userCode) : paths.denyPairing(userCode);
  return client.request({ method: 'POST', path });
}

/** Browsers that are connected: the member's own, or all of the account's for one who manages it. */
export function readConnectedBrowsers(
  client: UsageKitClient,
  accountId: string,
  page: PageQuery = {},
): Promise<Page<ConnectedBrowser>> {
  return client.request({ path: paths.connectedBrowsers(accountId), query: page });
}

/** Ends a browser's token at once. @throws UsageKitError `not_found` where it was ended already */
export function disconnectBrowser(
  client: UsageKitClient,
  accountId: string,
  browserId: string,
): Promise<null> {
  return client.request({ method: 'DELETE', path: paths.connectedBrowser(accountId, browserId) });
}
