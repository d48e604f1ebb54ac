import { CreditBalance } from '@usagekit/react/credit-balance';
import { PlanCard } from '@usagekit/react/plan-card';
import { TaskTable } from '@usagekit/react/task-table';
import { UsageForecast } from '@usagekit/react/usage-forecast';
import { UsagePanel } from '@usagekit/react/usage-panel';
import { takeAction } from '../take-action.ts';
import { openPurchase } from '../use-purchase-address.ts';

/** Budget, plan, meters, my usage and history, with the balance and the forecast beside and the tasks below. */
export function UsagePage({ timeZone }: { timeZone: string }) {
  return (
    <div className="usage">
      <h1>Usage and tasks</h1>
      <div className="usage-columns">
        <UsagePanel plan={<PlanCard onAction={takeAction} />} />
        <div className="usage-side">
          <CreditBalance
            timeZone={timeZone}
            onBuyCredits={() => openPurchase()}
            onShowHeld={() => document.getElementById('tasks')?.scrollIntoView()}
          />
          <UsageForecast />
        </div>
      </div>
      <TaskTable id="tasks" timeZone={timeZone} />
    </div>
  );
}
