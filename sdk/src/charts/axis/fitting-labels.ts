import type { BucketScale } from '../scale/bucket-scale.ts';

/** A bucket that is named on its axis. */
export interface FittingLabel {
  index: number;
  /** The middle of its words, which keeps them within the drawing. */
  middle: number;
  words: string;
}

export interface LabelRoom {
  /** Words of each bucket. */
  words: readonly string[];
  buckets: BucketScale;
  left: number;
  right: number;
  /** The least room between two labels. */
  gap: number;
  widthOf: (words: string) => number;
  /** A bucket that is named in any case where one of several is, such as the first hour of a day. */
  anchor?: number | undefined;
  /** How many buckets a label may stand for, from few to many; any number by default. */
  strides?: readonly number[] | undefined;
}

/** What is left between two labels where one of them was moved into the drawing. */
const closest = 4;

/** As many labels as fit, evenly apart. None reaches out of the drawing or into another. */
export function fittingLabels(room: LabelRoom): FittingLabel[] {
  const { words, buckets, left, right, gap, widthOf, anchor = 0, strides } = room;
  const widths = words.map(widthOf);
  const widest = Math.max(0, ...widths);
  const fewest = buckets.step > 0 ? Math.max(1, Math.ceil((widest + gap) / buckets.step)) : words.length;
  const stride = strides?.find((each) => each >= fewest) ?? fewest;
  const labels: FittingLabel[] = [];
  let taken: [from: number, to: number] | undefined;
  for (let index = anchor % stride; index < words.length; index += stride) {
    const half = (widths[index] ?? 0) / 2;
    if (2 * half > right - left) continue;
    const middle = Math.min(right - half, Math.max(left + half, buckets.middleOf(index)));
    const isFree = !taken || middle + half + closest <= taken[0] || middle - half - closest >= taken[1];
    if (!isFree) continue;
    taken = [middle - half, middle + half];
    labels.push({ index, middle, words: words[index] ?? '' });
  }
  return labels;
}
