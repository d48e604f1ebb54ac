import { type DecimalString, otherValue, type SeriesGroup } from '@usagekit/server/contract';
import { sumDecimals, toMillionths } from '../decimal.ts';

/** One line of a breakdown. */
export interface Share {
  /** The dimension's value; null for use without a value. */
  value: string | null;
  /** The host's own name; the value where there is none. */
  label: string;
  total: DecimalString;
  /** Share of all groups, in percent with one decimal. */
  percent: number;
  /** Present on the line that stands for all the others: how many they are. */
  restCount?: number;
}

/**
 * The largest groups, biggest first, and one line for the rest, so that the lines always sum to the headline. Values already
 * combined as `otherValue` belong to the rest, whatever their size.
 *
 * @param restLabel words of the last line, given how many groups it stands for
 * @param countMax groups with a line of their own; 6 by default
 */
export function topShares(
  groups: SeriesGroup[],
  restLabel: (count: number) => string,
  countMax = 6,
): Share[] {
  const whole = Number(toMillionths(sumDecimals(groups.map((group) => group.total))));
  const percentOf = (total: DecimalString) =>
    whole === 0 ? 0 : Math.round((Number(toMillionths(total)) / whole) * 1_000) / 10;
  const sorted = groups
    .filter((group) => group.value !== otherValue)
    .sort((a, b) => Number(toMillionths(b.total) - toMillionths(a.total)));
  const folded = groups.filter((group) => group.value === otherValue);
  // A rest of one would only hide a name.
  const keep =
    sorted.length + folded.length === countMax + 1 && folded.length === 0 ? countMax + 1 : countMax;
  const shares: Share[] = sorted.slice(0, keep).map(({ value, label, total }) => ({
    value,
    label: label ?? value ?? '',
    total,
    percent: percentOf(total),
  }));
  const rest = [...sorted.slice(keep), ...folded];
  if (rest.length > 0) {
    const total = sumDecimals(rest.map((group) => group.total));
    shares.push({
      value: otherValue,
      label: restLabel(rest.length),
      total,
      percent: percentOf(total),
      restCount: rest.length,
    });
  }
  return shares;
}
