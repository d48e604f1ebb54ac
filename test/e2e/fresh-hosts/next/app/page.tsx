import { createClient } from '@usagekit/react';
import { CreditBalance } from '@usagekit/react/credit-balance';
import { PlanCard } from '@usagekit/react/plan-card';
import { TaskTable } from '@usagekit/react/task-table';
import { UsagePanel } from '@usagekit/react/usage-panel';

export const dynamic = 'force-dynamic';

/** A server component: it asks for the figures, and the page arrives with them. */
export default async function Page() {
  const usageKit = createClient({ baseUrl: process.env.USAGEKIT_URL ?? '' });
  const [credits, plan, usage, tasks] = await Promise.all([
    usageKit.credits('acme'),
    usageKit.subscription('acme'),
    usageKit.usage('acme'),
    usageKit.tasks('acme', { limit: 10 }),
  ]);
  return (
    <main>
      <CreditBalance data={credits} />
      <PlanCard data={plan} />
      <UsagePanel data={usage} />
      <TaskTable data={tasks.items} />
    </main>
  );
}
