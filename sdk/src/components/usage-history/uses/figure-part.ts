import type { Instant } from '@usagekit/server/contract';

/** A figure that was clicked: of a metric, or of a bucket or a value of it. */
export interface FigurePart {
  /** Id of the metric. */
  metric: string;
  /** The start of its bucket; the whole span where it is left out. */
  at?: Instant | undefined;
  /** The value of the dimension; null for use without one. */
  value?: string | null;
  /** The values that are left out, for the figure of all others. */
  except?: (string | null)[];
}
