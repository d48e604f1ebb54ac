import type { View } from '@usagekit/server/contract';

/** What hooks ask the server for, one name an address. */
export type ResourceName =
  | 'summary'
  | 'usage'
  | 'series'
  | 'credits'
  | 'ledger'
  | 'subscription'
  | 'tasks'
  | 'task'
  | 'check'
  | 'models'
  | 'catalog'
  | 'whoami';

/**
 * The name of one answer in the cache. Identity comes first, so that no two sessions, clients or tenants can ever share
 * an entry; there is never a token in it.
 */
export type ResourceKey = readonly [
  library: 'usagekit',
  clientId: number,
  accountId: string,
  memberId: string | null,
  resource: ResourceName,
  parameters: unknown,
];

/** Which answers a changed view touches. */
export const resourcesOfView: Record<View, readonly ResourceName[]> = {
  summary: ['summary'],
  usage: ['usage', 'series', 'check'],
  credits: ['credits', 'check'],
  ledger: ['ledger'],
  tasks: ['tasks', 'task'],
  subscription: ['subscription', 'models', 'catalog', 'whoami'],
};
