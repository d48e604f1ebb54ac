export {
  BudgetBar,
  type BudgetBarProps,
  LocaleProvider,
  type LocaleProviderProps,
  Meter,
  type MeterFigures,
  type MeterProps,
} from './bars.ts';
export { UsagePanel, type UsagePanelProps } from './usage-panel-without-charts.tsx';
export type { PanelFigureId, UsagePanelValue } from './uses/panel-value.ts';
export { CategoryList, type CategoryListProps } from './view/category-list.tsx';
export { UsagePanelView, type UsagePanelViewProps } from './view/usage-panel-view.tsx';
