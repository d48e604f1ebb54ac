import type { Items, OwnKey, OwnKeyInput } from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';

// Separate from the client, so that pages that only show figures do not load the code of own keys.

/** Providers at which the account uses a key of its own. The keys themselves are never kept. */
export function readOwnKeys(client: UsageKitClient, accountId: string): Promise<Items<OwnKey>> {
  return client.request({ path: paths.ownKeys(accountId) });
}

/**
 * Says that the account's own key at a provider is in use from now on; you keep the key itself. The same again changes nothing.
 *
 * @throws UsageKitError `invalid_request` where the catalog has no model of the provider
 */
export function saveOwnKey(
  client: UsageKitClient,
  accountId: string,
  provider: string,
  key: OwnKeyInput,
): Promise<Items<OwnKey>> {
  return client.request({ method: 'PUT', path: paths.ownKey(accountId, provider), body: key });
}

/**
 * Says that the account's own key at a provider is no longer used: the platform bills its models again. The same again changes
 * nothing.
 *
 * @throws UsageKitError `invalid_request` where the catalog has no model of the provider
 */
export function removeOwnKey(client: UsageKitClient, accountId: string, provider: string): Promise<null> {
  return client.request({ method: 'DELETE', path: paths.ownKey(accountId, provider) });
}
