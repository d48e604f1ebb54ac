import type { SeriesDimension } from '@usagekit/server/contract';

/** The default dimensions of use over time. */
export const historyDimensions = [
  'agent',
  'project',
  'member',
  'tool',
  'lineItem',
] as const satisfies SeriesDimension[];
