import { WhyBlocked } from '@usagekit/react';
import { TaskTable } from '@usagekit/react/task-table';
import { takeAction } from '../take-action.ts';

/** Where to look when work stops: why it does, and the tasks themselves. */
export function WhyPage({ timeZone }: { timeZone: string }) {
  return (
    <div className="why">
      <h1>When work stops</h1>
      <WhyBlocked
        onAction={takeAction}
        onOpenTask={() => document.getElementById('tasks')?.scrollIntoView()}
      />
      <TaskTable id="tasks" timeZone={timeZone} />
    </div>
  );
}
