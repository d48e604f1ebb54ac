'use client';
import type { ModelList } from '@usagekit/server/contract';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** Each available model with its present cost, for a picker that shows it before the choice. */
export function useModels(options: AccountOptions = {}): Resource<ModelList> {
  return useResource({ ...options, name: 'models', load, isEmpty });
}

const load = ({ client, session }: SessionStore) => client.models(session.accountId);

const isEmpty = ({ items }: ModelList) => items.length === 0;
