'use client';
import type { CatalogView } from '@usagekit/server/contract';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** Plans side by side, credit packs and categories, as far as the caller may see them. */
export function useCatalog(options: AccountOptions = {}): Resource<CatalogView> {
  return useResource({ ...options, name: 'catalog', load });
}

const load = ({ client, session }: SessionStore) => client.catalog(session.accountId);
