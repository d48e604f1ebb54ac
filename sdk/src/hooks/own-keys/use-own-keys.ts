'use client';
import type { OwnKeyInput } from '@usagekit/server/contract';
import { useCallback, useMemo, useState } from 'react';
import { readOwnKeys, removeOwnKey, saveOwnKey } from '../../client/own-keys/own-keys.ts';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { type KeyProviders, keyProvidersOf } from '../../derive/own-keys/key-providers.ts';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import { type AccountOptions, useSessionStore } from '../base/use-session-store.ts';

/** The providers of models, the account's own keys at them, and ways to change which are in use. */
export interface OwnKeysResource extends Resource<KeyProviders> {
  /** The provider whose key is being saved or removed. */
  changing: string | undefined;
  /** Why the last change was not made. */
  changeError: UsageKitError | undefined;
  /** Says that the account's own key is in use; you keep the key itself. Resolves with whether it was saved; never rejects. */
  save(provider: string, key: OwnKeyInput): Promise<boolean>;
  /** Leaves the provider's models to the platform's billing again. Resolves with whether it was done; never rejects. */
  remove(provider: string): Promise<boolean>;
}

/** Providers of models with the account's own keys, for readers who may manage the account. */
export function useOwnKeys(options: AccountOptions = {}): OwnKeysResource {
  const store = useSessionStore(options);
  const [state, setState] = useState<{ changing?: string; error?: UsageKitError }>({});
  // Own keys have no name in the stream's messages. They are a part of the account's profile, with which `models` is named.
  const resource = useResource({ ...options, name: 'models', parameters: 'own-keys', load, isEmpty });

  const change = useCallback(
    async (provider: string, send: (store: SessionStore) => Promise<unknown>) => {
      if (!store) return false;
      setState({ changing: provider });
      try {
        await send(store);
        await store.refresh(new Set(['models']));
        setState({});
        return true;
      } catch (error) {
        setState({ error: error as UsageKitError });
        return false;
      }
    },
    [store],
  );
  const save = useCallback(
    (provider: string, key: OwnKeyInput) =>
      change(provider, ({ client, session }) => saveOwnKey(client, session.accountId, provider, key)),
    [change],
  );
  const remove = useCallback(
    (provider: string) =>
      change(provider, ({ client, session }) => removeOwnKey(client, session.accountId, provider)),
    [change],
  );

  return useMemo(
    () => ({ ...resource, changing: state.changing, changeError: state.error, save, remove }),
    [resource, state, save, remove],
  );
}

async function load({ client, session }: SessionStore): Promise<KeyProviders> {
  const [models, keys] = await Promise.all([
    client.models(session.accountId),
    readOwnKeys(client, session.accountId),
  ]);
  return keyProvidersOf(models, keys.items);
}

const isEmpty = ({ items }: KeyProviders) => items.length === 0;
