'use client';
import type { UsageHistory } from '@usagekit/server/contract';
import { readUsageHistory } from '../../client/usage/read-usage-history.ts';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

export interface UsageHistoryOptions extends AccountOptions {
  /** Nothing is asked for while this is true. */
  paused?: boolean | undefined;
}

/**
 * Six months of every metric, the last one under way. A message of the stream does not carry it: it is asked for again after
 * a debit, and in its turn while debits go on. Empty where nothing was used yet.
 */
export function useUsageHistory(options: UsageHistoryOptions = {}): Resource<UsageHistory> {
  return useResource({ ...options, name: 'usageHistory', load, isEmpty });
}

const load = ({ client, session }: SessionStore) => readUsageHistory(client, session.accountId);

const isEmpty = ({ months }: UsageHistory) => months.length === 0;
