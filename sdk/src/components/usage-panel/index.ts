export { Meter, type MeterFigures, type MeterProps } from '../meter/meter.tsx';
export { BudgetBar, type BudgetBarProps } from '../parts/bars/budget-bar.tsx';
export { UsagePanel, type UsagePanelProps } from './usage-panel.tsx';
export type { PanelFigureId, UsagePanelValue } from './uses/panel-value.ts';
export { CategoryList, type CategoryListProps } from './view/category-list.tsx';
export { UsagePanelView, type UsagePanelViewProps } from './view/usage-panel-view.tsx';
