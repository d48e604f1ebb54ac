import type { AmountScale } from '../scale/amount-scale.ts';
import type { BucketScale } from '../scale/bucket-scale.ts';

/** Where a chart draws, between its axes, in pixels from its upper left corner. */
export interface Plot {
  left: number;
  right: number;
  top: number;
  bottom: number;
  rightToLeft: boolean;
  amounts: AmountScale;
  buckets: BucketScale;
}
