/* Parts that PlanCard loads when a plan needs them. Its own entry has none of them, so that no bundler loads them with it. */
export { TrialRing, type TrialRingProps } from './trial-ring.tsx';
