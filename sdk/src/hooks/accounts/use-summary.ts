'use client';
import type { Summary } from '@usagekit/server/contract';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** Everything that a badge needs: credits, meters and whether work is stopped, in one small answer. */
export function useSummary(options: AccountOptions = {}): Resource<Summary> {
  return useResource({ ...options, name: 'summary', load });
}

const load = ({ client, session }: SessionStore) => client.summary(session.accountId);
