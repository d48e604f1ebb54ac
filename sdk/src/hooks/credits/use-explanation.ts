'use client';
import type { Explanation } from '@usagekit/server/contract';
import { readExplanation } from '../../client/usage/read-uses.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** How a charge came about: lines with their rates, and the grants that paid. */
export function useExplanation(entryId: string, options: AccountOptions = {}): Resource<Explanation> {
  return useResource({
    ...options,
    name: 'ledger',
    parameters: { explain: entryId },
    load: ({ client, session }) => readExplanation(client, session.accountId, entryId),
  });
}
