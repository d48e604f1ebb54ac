export {
  BreakdownList,
  type BreakdownListProps,
  DayTable,
  type DayTableProps,
  GivenUsageHistory,
  type GivenUsageHistoryProps,
  type HistoryChoice,
  type MetricChoice,
  UsageHistory,
  type UsageHistoryProps,
  UsageHistoryView,
  type UsageHistoryViewProps,
} from '../components/usage-history/index.ts';
export { DailyChart, type DailyChartProps } from './daily-chart.tsx';
