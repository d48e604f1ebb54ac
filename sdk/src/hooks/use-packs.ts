'use client';
import type { CatalogView } from '@usagekit/server/contract';
import type { SessionStore } from '../provider/session-store.ts';
import type { Resource } from './resource.ts';
import { useResource } from './use-resource.ts';
import type { AccountOptions } from './use-session-store.ts';

/** The catalog as what buys credits reads it: kept with the balance, so that nothing more has to be loaded for it. */
export function usePacks(options: AccountOptions = {}): Resource<CatalogView> {
  return useResource({ ...options, name: 'catalog', load });
}

const load = ({ client, session }: SessionStore) => client.catalog(session.accountId);
