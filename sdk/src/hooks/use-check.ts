'use client';
import type { CheckAnswer, UseRequest } from '@usagekit/server/contract';
import type { Resource } from './resource.ts';
import { useResource } from './use-resource.ts';
import type { AccountOptions } from './use-session-store.ts';

/**
 * What a use would cost now and whether it would pass, to be shown before the user decides. It sets nothing aside: the
 * host's backend decides with consume or a hold. Nothing is asked for while `use` is null.
 */
export function useCheck(
  use: Omit<UseRequest, 'accountId'> | null,
  options: AccountOptions = {},
): Resource<CheckAnswer> {
  return useResource({
    ...options,
    name: 'check',
    parameters: use,
    paused: use === null,
    load: ({ client, session }) => client.check({ items: [], ...use, accountId: session.accountId }),
  });
}
