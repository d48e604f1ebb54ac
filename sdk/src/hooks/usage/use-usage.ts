'use client';
import type { Usage } from '@usagekit/server/contract';
import { isUsageEmpty } from '../../derive/usage/is-usage-empty.ts';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** The present cycle: the AI budget, its categories, meters by group, and the caller's own use. Empty where the catalog meters nothing. */
export function useUsage(options: AccountOptions = {}): Resource<Usage> {
  return useResource({ ...options, name: 'usage', load, isEmpty: isUsageEmpty });
}

const load = ({ client, session }: SessionStore) => client.usage(session.accountId);
