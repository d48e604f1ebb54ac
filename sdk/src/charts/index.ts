export {
  BreakdownList,
  type BreakdownListProps,
  DayTable,
  type DayTableProps,
  GivenUsageHistory,
  type GivenUsageHistoryProps,
  type HistoryChoice,
  type MetricChoice,
  MonthlyHistory,
  type MonthlyHistoryProps,
  UsageHistory,
  type UsageHistoryProps,
  UsageHistoryView,
  type UsageHistoryViewProps,
} from '../components/usage-history/index.ts';
export { DailyChart, type DailyChartProps } from './daily-chart.tsx';
export { MonthlyChart, type MonthlyChartProps } from './monthly-chart.tsx';
export { StackedChart, type StackedChartProps } from './stacked-chart.tsx';
