'use client';
import type { UsageHistory } from '@usagekit/server/contract';
import { readUsageHistory } from '../client/read-usage-history.ts';
import type { SessionStore } from '../provider/session-store.ts';
import type { Resource } from './resource.ts';
import { useResource } from './use-resource.ts';
import type { AccountOptions } from './use-session-store.ts';

/**
 * Six months of every metric, the last one under way. Kept with the figures, among which its sparklines stand. It is not
 * asked for with each debit, which moves a month too little to be seen. Empty where nothing was used yet.
 */
export function useUsageHistory(options: AccountOptions = {}): Resource<UsageHistory> {
  return useResource({ ...options, name: 'usageHistory', load, isEmpty });
}

const load = ({ client, session }: SessionStore) => readUsageHistory(client, session.accountId);

const isEmpty = ({ months }: UsageHistory) => months.length === 0;
