import type { SeriesDimension } from '@usagekit/server/contract';

/** The default dimensions of use over time. */
export const historyDimensions = [
  'agent',
  'project',
  'member',
  'apiKey',
  'tool',
  'lineItem',
] as const satisfies SeriesDimension[];
