import type { Instant, UsageSeries } from '@usagekit/server/contract';
import { sumDecimals } from '../decimal.ts';
import type { Share } from './top-shares.ts';

/** One part of each bar, from the ground up. */
export interface Stack {
  /** Its place among the shares, as a field of the points. */
  key: `stack${number}`;
  label: string;
  /** 1 to 6, or 7 for what stands for all the others. */
  colour: number;
}

/** One bar. */
export type StackPoint = { at: Instant } & Partial<Record<Stack['key'], number>>;

/** The bars of a series by dimension: the same shares that are listed, so that a bar's parts sum to what the list says. */
export function stackPoints(series: UsageSeries, shares: readonly Share[]): StackPoint[] {
  const own = new Set(shares.filter(({ restCount }) => !restCount).map(({ value }) => value));
  const valuesOf = (share: Share): number[] =>
    share.restCount
      ? series.buckets.map((_, place) =>
          Number(
            sumDecimals(
              series.groups.filter(({ value }) => !own.has(value)).map(({ values }) => values[place] ?? '0'),
            ),
          ),
        )
      : (series.groups.find(({ value }) => value === share.value)?.values ?? []).map(Number);
  const columns = shares.map(valuesOf);
  return series.buckets.map((at, place) => {
    const point: StackPoint = { at };
    columns.forEach((values, index) => {
      point[`stack${index}`] = values[place] ?? 0;
    });
    return point;
  });
}
