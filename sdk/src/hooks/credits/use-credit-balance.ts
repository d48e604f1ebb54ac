'use client';
import type { Credits } from '@usagekit/server/contract';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** The balance: Available, Held, grants in the order in which they are used, pace and the latest entries. Empty where there was never a credit. */
export function useCreditBalance(options: AccountOptions = {}): Resource<Credits> {
  return useResource({ ...options, name: 'credits', load, isEmpty });
}

const load = ({ client, session }: SessionStore) => client.credits(session.accountId);

const isEmpty = ({ grants, recent, debt }: Credits) =>
  grants.length === 0 && recent.length === 0 && Number(debt) === 0;
