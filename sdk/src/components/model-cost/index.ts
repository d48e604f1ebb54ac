export { ModelCost, type ModelCostProps } from './model-cost.tsx';
export { ModelRateView, type ModelRateViewProps } from './model-rate-view.tsx';
export { RunCostView, type RunCostViewProps } from './run-cost-view.tsx';
