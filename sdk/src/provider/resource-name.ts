import type { View } from '@usagekit/server/contract';

/** What hooks ask the server for, one name an address. */
export type ResourceName =
  | 'summary'
  | 'usage'
  | 'series'
  | 'usageHistory'
  | 'credits'
  | 'ledger'
  | 'subscription'
  | 'tasks'
  | 'task'
  | 'check'
  | 'diagnosis'
  | 'autoTopUp'
  | 'activity'
  | 'models'
  | 'catalog'
  | 'whoami';

/** Which answers a changed view touches. */
export const resourcesOfView: Record<View, readonly ResourceName[]> = {
  summary: ['summary'],
  usage: ['usage', 'series', 'check', 'diagnosis'],
  credits: ['credits', 'check', 'diagnosis', 'autoTopUp', 'activity'],
  ledger: ['ledger'],
  tasks: ['tasks', 'task', 'diagnosis'],
  subscription: ['subscription', 'diagnosis', 'models', 'catalog', 'whoami'],
};
