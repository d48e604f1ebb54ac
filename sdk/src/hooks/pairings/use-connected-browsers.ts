'use client';
import type { ConnectedBrowser } from '@usagekit/server/contract';
import { useCallback, useMemo, useState } from 'react';
import { disconnectBrowser, readConnectedBrowsers } from '../../client/pairings/browsers.ts';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { type PagedResource, usePages } from '../base/use-pages.ts';
import { type AccountOptions, useSessionStore } from '../base/use-session-store.ts';

/** The browsers that are connected, and a way to end one. */
export interface ConnectedBrowsers extends PagedResource<ConnectedBrowser> {
  /** The browser that is being disconnected. */
  disconnecting: string | undefined;
  /** Why the last one could not be. */
  disconnectError: UsageKitError | undefined;
  /** Ends a browser's token at once. Never rejects. */
  disconnect(browserId: string): Promise<void>;
}

/** Connected browsers for the member, or for any member of an account that the member manages. */
export function useConnectedBrowsers(options: AccountOptions = {}): ConnectedBrowsers {
  const store = useSessionStore(options);
  const [state, setState] = useState<{ disconnecting?: string; error?: UsageKitError }>({});
  const pages = usePages({
    ...options,
    name: 'connectedBrowsers',
    parameters: {},
    loadPage: ({ client, session }, page) => readConnectedBrowsers(client, session.accountId, page),
  });

  const disconnect = useCallback(
    async (browserId: string) => {
      if (!store) return;
      setState({ disconnecting: browserId });
      try {
        await disconnectBrowser(store.client, store.session.accountId, browserId);
        await store.refresh(new Set(['connectedBrowsers']));
        setState({});
      } catch (error) {
        setState({ error: error as UsageKitError });
      }
    },
    [store],
  );

  return useMemo(
    () => ({ ...pages, disconnecting: state.disconnecting, disconnectError: state.error, disconnect }),
    [pages, state, disconnect],
  );
}
