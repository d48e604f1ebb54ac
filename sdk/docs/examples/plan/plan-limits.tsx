import { PlanLimits } from '@usagekit/react/plan-limits';

export default function Example() {
  return <PlanLimits />;
}
