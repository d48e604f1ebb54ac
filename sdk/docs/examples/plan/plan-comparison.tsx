import { PlanComparison } from '@usagekit/react/plan-comparison';

export default function Example() {
  return <PlanComparison />;
}
