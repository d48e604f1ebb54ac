import { CreditBalance } from '@usagekit/react/credit-balance';
import { TaskTable } from '@usagekit/react/task-table';
import { UsagePanel } from '@usagekit/react/usage-panel';

/** Widgets that ask for their figures themselves, in the browser. */
export default function Live() {
  return (
    <main>
      <CreditBalance />
      <UsagePanel />
      <TaskTable />
    </main>
  );
}
