import { BudgetBar, useUsage } from '@usagekit/react';

export default function Example() {
  const { data } = useUsage();
  if (!data?.budget) return null;
  return <BudgetBar budget={data.budget} timeZone={data.cycle.timeZone} asOf={data.asOf} amounts />;
}
