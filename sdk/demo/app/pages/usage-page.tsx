import { CreditBalance } from '@usagekit/react/credit-balance';
import { MemberAllocations } from '@usagekit/react/member-allocations';
import { PlanCard } from '@usagekit/react/plan-card';
import { TaskTable } from '@usagekit/react/task-table';
import { UsageForecast } from '@usagekit/react/usage-forecast';
import { UsagePanel } from '@usagekit/react/usage-panel';
import type { Role } from '@usagekit/server/contract';
import { takeAction } from '../take-action.ts';
import { openPurchase } from '../use-purchase-address.ts';

/** The forecast says where use is going; the simpler predictions next to it would be other dates of the same. */
const leftToForecast = { pace: false };

/**
 * Budget, plan, meters, my usage and history, with the balance and the forecast next to them; below them, the members' shares for who
 * may set them, and the tasks.
 */
export function UsagePage({ timeZone, role }: { timeZone: string; role: Role }) {
  return (
    <div className="usage">
      <h1>Usage and tasks</h1>
      <div className="usage-columns">
        <UsagePanel plan={<PlanCard onAction={takeAction} />} parts={leftToForecast} />
        <div className="usage-side">
          <CreditBalance
            timeZone={timeZone}
            parts={leftToForecast}
            onBuyCredits={() => openPurchase()}
            onShowHeld={() => document.getElementById('tasks')?.scrollIntoView()}
          />
          <UsageForecast />
        </div>
      </div>
      {role !== 'member' && <MemberAllocations />}
      <TaskTable id="tasks" timeZone={timeZone} />
    </div>
  );
}
