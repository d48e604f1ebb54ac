'use client';
import { useEffect } from 'react';
import { useUsageKit } from '../../provider/context.ts';
import { type SessionStore, sessionStoreOf } from '../../provider/session-store.ts';

/** Whose figures; those of the session by default. */
export interface AccountOptions {
  /**
   * Another account of the same user, which `getToken` is then asked a token for.
   * @default the session's account
   */
  accountId?: string | undefined;
}

/** The store that a hook reads from, kept while the hook is mounted; null while nobody is signed in. */
export function useSessionStore({ accountId }: AccountOptions): SessionStore | null {
  const { client, session } = useUsageKit();
  if (!client) {
    throw new Error('There is no <UsageKitProvider> around this component. Add one, or give `data`.');
  }
  const store =
    session && sessionStoreOf(client, accountId === undefined ? session : { ...session, accountId });
  useEffect(() => store?.retain(), [store]);
  return store;
}
