export { BreakdownList, type BreakdownListProps } from './breakdown-list.tsx';
export { DayTable, type DayTableProps } from './day-table.tsx';
export type { FigurePart } from './figure-part.ts';
export { GivenUsageHistory, type GivenUsageHistoryProps } from './given-usage-history.tsx';
export type { HistoryChoice, UsageHistoryValue } from './history-value.ts';
export { MonthlyHistory, type MonthlyHistoryProps } from './monthly-history.tsx';
export { MonthlyHistoryView, type MonthlyHistoryViewProps } from './monthly-history-view.tsx';
export { UsageHistory, type UsageHistoryProps } from './usage-history.tsx';
export {
  type MetricChoice,
  UsageHistoryView,
  type UsageHistoryViewProps,
} from './usage-history-view.tsx';
