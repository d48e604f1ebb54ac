import { apiBounds } from '../../contract/api-bounds.ts';
import type { FindingSeverity } from '../../contract/diagnosis/diagnosis.ts';
import { msPerDay } from '../../contract/values/durations.ts';
import type { TaskRecord } from '../tasks/state.ts';
import type { Cause, TasksSeen } from './causes.ts';

/** A task in progress that has not moved for so long is told of. */
export const stuckAfterMs = 3_600_000;

/** A task that waits for longer than this is told of. */
export const waitingAfterMs = 600_000;

/** Tasks that failed, do not move or wait. They are the cause only where the gate would let work through. */
export function taskCauses(tasks: TasksSeen | null, nowMs: number, isRefused: boolean): Cause[] {
  if (tasks === null) return [];
  const blocking: FindingSeverity = isRefused ? 'warning' : 'blocking';
  const causes: Cause[] = [];
  const add = (
    kind: 'tasks_failed' | 'tasks_stuck' | 'tasks_waiting',
    severity: FindingSeverity,
    found: readonly TaskRecord[],
  ) => {
    if (found.length > 0) causes.push({ kind, area: 'tasks', severity, tasks: found });
  };
  const { since, before } = failedTasks(tasks.latest, nowMs);
  if (since.length > 0) add('tasks_failed', blocking, since);
  else add('tasks_failed', 'note', before);
  add(
    'tasks_stuck',
    blocking,
    tasks.running.filter((task) => nowMs - task.updatedAtMs > stuckAfterMs),
  );
  // A refusal is reported with the task that waits because of it.
  if (!isRefused)
    add(
      'tasks_waiting',
      'warning',
      tasks.pending.filter((task) => nowMs - task.createdAtMs > waitingAfterMs),
    );
  return causes;
}

/** Tasks that failed in the last days: after the last one that completed, and before. */
function failedTasks(latest: readonly TaskRecord[], nowMs: number) {
  const endedAt = (task: TaskRecord) => task.endedAtMs ?? 0;
  const completedAtMs = Math.max(
    0,
    ...latest.filter(({ status }) => status === 'completed').map((task) => endedAt(task)),
  );
  const failed = latest
    .filter((task) => task.status === 'failed' && nowMs - endedAt(task) <= apiBounds.diagnosisDays * msPerDay)
    .sort((a, b) => endedAt(b) - endedAt(a));
  return {
    since: failed.filter((task) => endedAt(task) > completedAtMs),
    before: failed.filter((task) => endedAt(task) <= completedAtMs),
  };
}
