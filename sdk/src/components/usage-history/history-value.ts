import type { SeriesDimension } from '@usagekit/server/contract';
import type { HistoryRange } from '../../derive/history-range.ts';
import type { FigureQuery } from '../../hooks/usage/use-uses.ts';

/** What is looked at. */
export interface HistoryChoice {
  metric: string;
  /** A second metric on a panel of its own, beneath the first. */
  compare: string | null;
  by: 'day' | SeriesDimension;
  asTable: boolean;
}

/** What UsageHistory shows: metric and breakdown, the span of time, and the figure whose uses are open. */
export interface UsageHistoryValue {
  choice: HistoryChoice;
  range: HistoryRange;
  figure: FigureQuery | null;
}
