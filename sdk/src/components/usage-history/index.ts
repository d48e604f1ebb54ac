export { BreakdownList, type BreakdownListProps } from './breakdown-list.tsx';
export { DayTable, type DayTableProps } from './day-table.tsx';
export { GivenUsageHistory, type GivenUsageHistoryProps } from './given-usage-history.tsx';
export { MonthlyHistory, type MonthlyHistoryProps } from './monthly-history.tsx';
export { MonthlyHistoryView, type MonthlyHistoryViewProps } from './monthly-history-view.tsx';
export { UsageHistory, type UsageHistoryProps } from './usage-history.tsx';
export {
  type HistoryChoice,
  type MetricChoice,
  UsageHistoryView,
  type UsageHistoryViewProps,
} from './usage-history-view.tsx';
