export {
  BudgetBar,
  type BudgetBarProps,
  LocaleProvider,
  type LocaleProviderProps,
  Meter,
  type MeterFigures,
  type MeterProps,
} from './bars.ts';
export { CategoryList, type CategoryListProps } from './category-list.tsx';
export type { PanelFigureId, UsagePanelValue } from './panel-value.ts';
export { UsagePanelView, type UsagePanelViewProps } from './usage-panel-view.tsx';
export { UsagePanel, type UsagePanelProps } from './usage-panel-without-charts.tsx';
