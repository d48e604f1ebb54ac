import { PlanCard } from '@usagekit/react/plan-card';

export default function Example() {
  return <PlanCard />;
}
