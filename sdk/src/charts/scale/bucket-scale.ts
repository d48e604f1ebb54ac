/** Where the buckets of a chart stand between its left and its right end. */
export interface BucketScale {
  count: number;
  /** The pixels between two neighbours' middles. */
  step: number;
  /** In pixels from the left; mirrored where reading begins at the right. */
  middleOf: (index: number) => number;
  /** The bucket whose middle is nearest; undefined where there is none. */
  nearestTo: (x: number) => number | undefined;
}

export interface BucketSpan {
  count: number;
  left: number;
  right: number;
  /** Bars need a band each; points of a line stand from the one end to the other. */
  kind: 'bands' | 'points';
  rightToLeft: boolean;
}

export function bucketScale({ count, left, right, kind, rightToLeft }: BucketSpan): BucketScale {
  const width = Math.max(0, right - left);
  const isLine = kind === 'points' && count > 1;
  const step = width / Math.max(1, isLine ? count - 1 : count);
  const first = isLine ? 0 : step / 2;
  const mirrored = (x: number) => (rightToLeft ? left + right - x : x);
  return {
    count,
    step,
    middleOf: (index) => mirrored(left + first + index * step),
    nearestTo(x) {
      if (count === 0) return;
      const index = step > 0 ? Math.round((mirrored(x) - left - first) / step) : 0;
      return Math.min(count - 1, Math.max(0, index));
    },
  };
}

const widestBar = 28;
const shareOfBand = 0.6;

/** The left end and the width of a bucket's bar, in whole pixels, so that its edges are sharp. */
export function barSpan({ step, middleOf }: BucketScale, index: number): { x: number; width: number } {
  const width = Math.max(1, Math.min(widestBar, Math.floor(step * shareOfBand)));
  return { x: Math.round(middleOf(index) - width / 2), width };
}
