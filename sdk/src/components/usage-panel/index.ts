export { Meter, type MeterFigures, type MeterProps } from '../meter/meter.tsx';
export { BudgetBar, type BudgetBarProps } from '../parts/bars/budget-bar.tsx';
export { CategoryList, type CategoryListProps } from './category-list.tsx';
export type { PanelFigureId, UsagePanelValue } from './panel-value.ts';
export { UsagePanel, type UsagePanelProps } from './usage-panel.tsx';
export { UsagePanelView, type UsagePanelViewProps } from './usage-panel-view.tsx';
