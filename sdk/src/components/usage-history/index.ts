export { BreakdownList, type BreakdownListProps } from './breakdown-list.tsx';
export { GivenUsageHistory, type GivenUsageHistoryProps } from './given-usage-history.tsx';
export type { HistoryChoice, UsageHistoryValue } from './history-value.ts';
export { MonthlyHistory, type MonthlyHistoryProps } from './months/monthly-history.tsx';
export { MonthlyHistoryView, type MonthlyHistoryViewProps } from './months/monthly-history-view.tsx';
export { DayTable, type DayTableProps } from './panels/day-table.tsx';
export { UsageHistory, type UsageHistoryProps } from './usage-history.tsx';
export {
  type MetricChoice,
  UsageHistoryView,
  type UsageHistoryViewProps,
} from './usage-history-view.tsx';
export type { FigurePart } from './uses/figure-part.ts';
