import type { Format } from '../../format/create-format.ts';
import type { BucketsOf } from '../../format/format-bucket.ts';
import { bucketLabels } from '../axis/bucket-labels.ts';
import type { ChartFrameProps } from './chart-frame.tsx';

/** What every chart of a series gives its frame: the width before it is measured, and the words and gaps of its axes. */
export function seriesFrame(
  points: readonly { at: string }[],
  buckets: BucketsOf,
  format: Format,
): Pick<ChartFrameProps, 'firstWidth' | 'labels' | 'labelGap' | 'tickWords'> {
  return {
    firstWidth: 600,
    labels: bucketLabels(points, buckets, format),
    labelGap: 24,
    tickWords: format.axis,
  };
}
