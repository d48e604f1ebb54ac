'use client';
import type { Usage } from '@usagekit/server/contract';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** The present cycle: the AI budget, its categories, meters by group, and the caller's own use. Empty where the catalog meters nothing. */
export function useUsage(options: AccountOptions = {}): Resource<Usage> {
  return useResource({ ...options, name: 'usage', load, isEmpty });
}

const load = ({ client, session }: SessionStore) => client.usage(session.accountId);

const isEmpty = ({ budget, groups, myUsage }: Usage) =>
  !budget && myUsage.length === 0 && groups.every(({ meters }) => meters.length === 0);
