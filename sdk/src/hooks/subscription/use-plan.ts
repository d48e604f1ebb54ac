'use client';
import type { Subscription } from '@usagekit/server/contract';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** The plan: its status, price, next date and what it includes, with use against each. */
export function usePlan(options: AccountOptions = {}): Resource<Subscription> {
  return useResource({ ...options, name: 'subscription', load });
}

const load = ({ client, session }: SessionStore) => client.subscription(session.accountId);
