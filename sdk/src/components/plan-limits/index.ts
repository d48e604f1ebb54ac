export { PlanLimits, type PlanLimitsProps } from './plan-limits.tsx';
export { PlanLimitsView, type PlanLimitsViewProps } from './plan-limits-view.tsx';
