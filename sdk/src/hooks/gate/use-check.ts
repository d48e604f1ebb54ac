'use client';
import type { CheckAnswer, UseRequest } from '@usagekit/server/contract';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/**
 * The present cost of a use, and whether it would pass, to show before the user decides. It reserves nothing: the host's backend
 * decides with consume or a hold. No request is made while `use` is null.
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
