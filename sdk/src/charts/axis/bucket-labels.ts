import { dayNumber } from '../../derive/days-between.ts';
import { stepOfSeries } from '../../derive/usage/history-step.ts';
import type { Format } from '../../format/create-format.ts';
import { type BucketsOf, formatTick } from '../../format/format-bucket.ts';

/** How the buckets of a chart are named on its axis. */
export interface BucketLabels {
  words: readonly string[];
  anchor?: number | undefined;
  strides?: readonly number[] | undefined;
}

/** Parts of a day in which hours are counted, and whole days. */
const strides = [1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 168, 336];

/** Days, weeks or months; hours so that the start of a day, which has its date, is among those that are named. */
export function bucketLabels(
  points: readonly { at: string }[],
  buckets: BucketsOf,
  format: Format,
): BucketLabels {
  const starts = points.map(({ at }) => at);
  const words = starts.map((at) => formatTick(at, buckets, format));
  if (stepOfSeries(buckets) !== 'hour') return { words };
  const dayOf = (at: string | undefined) => at && dayNumber(at, buckets.timeZone);
  const anchor = starts.findIndex((at, index) => index > 0 && dayOf(at) !== dayOf(starts[index - 1]));
  return { words, strides, anchor: Math.max(0, anchor) };
}
