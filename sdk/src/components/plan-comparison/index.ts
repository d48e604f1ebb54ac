export { PlanChangeContent, type PlanChangeDialogProps } from './plan-change-dialog.tsx';
export { PlanComparison, type PlanComparisonProps } from './plan-comparison.tsx';
export { PlanComparisonView, type PlanComparisonViewProps } from './plan-comparison-view.tsx';
export type { PlanOffer } from './plan-offer.ts';
