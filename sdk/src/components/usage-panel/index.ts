export { BudgetBar, type BudgetBarProps } from '../budget-bar/budget-bar.tsx';
export { Meter, type MeterFigures, type MeterProps } from '../meter/meter.tsx';
export { CategoryList, type CategoryListProps } from './category-list.tsx';
export { UsagePanel, type UsagePanelProps } from './usage-panel.tsx';
export { UsagePanelView, type UsagePanelViewProps } from './usage-panel-view.tsx';
