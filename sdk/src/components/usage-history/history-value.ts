import type { SeriesDimension } from '@usagekit/server/contract';
import type { HistoryRange } from '../../derive/usage/history-range.ts';
import type { HistoryStep } from '../../derive/usage/history-step.ts';
import type { FigureQuery } from '../../hooks/usage/use-uses.ts';

/** What is looked at. */
export interface HistoryChoice {
  /** Id of the metric. */
  metric: string;
  /** A second metric on a panel of its own, beneath the first. */
  compare: string | null;
  /** By day, or by what uses name. */
  by: 'day' | SeriesDimension;
  /** Whether the days are shown as a table. */
  asTable: boolean;
  /** Whether the sum of the cycle is drawn as it grows, against alerts and allowance, in place of each day. */
  asSum?: boolean | undefined;
}

/** What UsageHistory shows: metric and breakdown, the span of time and its steps, and the figure whose uses are open. */
export interface UsageHistoryValue {
  /** What is shown, and how. */
  choice: HistoryChoice;
  /** Of which days. */
  range: HistoryRange;
  /** The length of the bars; by the span where it is left out, or where the span cannot have it. */
  step?: HistoryStep | undefined;
  /** Whose use is shown, where the viewer may choose; everyone's by default. */
  of?: 'everyone' | 'mine' | undefined;
  /** The figure whose uses are open; null where none is. */
  figure: FigureQuery | null;
}
