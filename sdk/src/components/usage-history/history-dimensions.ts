import type { SeriesDimension } from '@usagekit/server/contract';

/** What use over time can be broken down by where nothing else is said. */
export const historyDimensions = [
  'agent',
  'project',
  'member',
  'tool',
  'lineItem',
] as const satisfies SeriesDimension[];
