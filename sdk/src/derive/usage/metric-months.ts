import type { MetricHistory, UsageHistory } from '@usagekit/server/contract';
import { signOf } from '../sign-of.ts';

const monthsMin = 3;
const monthsWithUseMin = 2;

/** Whether a metric's months say anything: three of them, and something in at least two. */
export function hasEnoughHistory({ values }: MetricHistory): boolean {
  return (
    values.length >= monthsMin && values.filter((value) => signOf(value) !== 0).length >= monthsWithUseMin
  );
}

/** A metric's months; undefined where there are not enough of them. */
export function metricMonths(history: UsageHistory | undefined, metric: string): MetricHistory | undefined {
  const found = history?.metrics.find((each) => each.metric === metric);
  return found && hasEnoughHistory(found) ? found : undefined;
}

/** One month as a chart draws it. */
export interface MonthPoint {
  /** The month's start. */
  at: string;
  /** The exact figure. */
  amount: string;
  /** The figure of a past month, as a number for its height. */
  value?: number;
  /** The figure of the present month and, as the start of its line, of the previous one. */
  soFar?: number;
}

/** A counter's month under way is not comparable yet and is drawn apart; a gauge stands where it stands. */
export function monthPoints({ kind, values }: MetricHistory, months: readonly string[]): MonthPoint[] {
  const last = values.length - 1;
  return values.map((amount, month) => {
    const height = Number(amount);
    const at = months[month] ?? '';
    if (kind === 'gauge') return { at, amount, value: height };
    return {
      at,
      amount,
      ...(month < last && { value: height }),
      ...(month >= last - 1 && { soFar: height }),
    };
  });
}
