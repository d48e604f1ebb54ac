export { LocaleProvider, type LocaleProviderProps } from '../../provider/locale-provider.tsx';
export { Meter, type MeterFigures, type MeterProps } from '../meter/meter.tsx';
export { BudgetBar, type BudgetBarProps } from '../parts/budget-bar.tsx';
export { CategoryList, type CategoryListProps } from './category-list.tsx';
export { UsagePanelView, type UsagePanelViewProps } from './usage-panel-view.tsx';
export { UsagePanel, type UsagePanelProps } from './usage-panel-without-charts.tsx';
