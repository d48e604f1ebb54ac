export { PlanCard, type PlanCardProps } from './plan-card.tsx';
export { PlanCardView, type PlanCardViewProps } from './plan-card-view.tsx';
