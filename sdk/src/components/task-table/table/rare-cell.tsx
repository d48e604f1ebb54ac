'use client';
import { type ReactElement, type ReactNode, useSyncExternalStore } from 'react';
import { signOf } from '../../../derive/sign-of.ts';
import { formatDuration } from '../../../format/format-duration.ts';
import { Moment } from '../../parts/words/moment.tsx';
import type { TaskColumn } from './task-columns.ts';
import type { TaskRowProps } from './task-row.tsx';

export interface RareCellProps extends Pick<TaskRowProps, 'task' | 'clock' | 'format' | 'messages'> {
  column: TaskColumn;
  /** Of the column of costs: what the task has cost so far. */
  amount?: ReactNode;
}

/** The content of an optional column, and of a task that has not ended the running time and the cost so far. Renders text. */
export function RareCell({ column, task, ...rest }: RareCellProps): ReactElement | string | null {
  const { startedAt, endedAt } = task;
  switch (column) {
    case 'duration':
      return startedAt && <RunningDuration startedAtMs={Date.parse(startedAt)} {...rest} />;
    case 'ended':
      return endedAt && <Moment at={endedAt} asOf={rest.clock.now} format={rest.format} />;
    case 'member':
      return <span dir="auto">{task.memberName ?? task.memberId}</span>;
    case 'agent':
    case 'project':
      return <span dir="auto">{task[`${column}Id`]}</span>;
    case 'id':
    case 'category':
      return <span dir="auto">{task[column]}</span>;
    case 'cost':
      return <CostSoFar task={task} {...rest} />;
    // The row itself renders these.
    case 'status':
    case 'started':
      return null;
  }
}

/** What a task has cost so far, or a dash, with what is set aside for it or, before it starts, its estimate. */
function CostSoFar({ task, amount, format, messages }: Omit<RareCellProps, 'column' | 'clock'>) {
  const { status, cost, held, estimate, unit } = task;
  if (cost === null) return null;
  const write = (value: string) => format.figure(value, unit).text;
  const ahead =
    held !== null && signOf(held) > 0 ? (
      messages.held(write(held))
    ) : status === 'pending' && estimate !== null ? (
      <bdi className="uk-run">≈{write(estimate)}</bdi>
    ) : null;
  return (
    <>
      {signOf(cost) === 0 ? <span className="uk-muted">—</span> : amount}
      {ahead && <span className="uk-caption uk-task-held">{ahead}</span>}
    </>
  );
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let nowMs = 0;

interface RunningDurationProps extends Omit<RareCellProps, 'column' | 'task'> {
  startedAtMs: number;
}

/** How long a task has run so far, second by second, by the server's clock. */
function RunningDuration({ startedAtMs, clock, format, messages }: RunningDurationProps) {
  const pageMs = useSyncExternalStore(subscribe, readNow, () => null);
  // A server renders no second that its reader could see.
  if (pageMs === null) return messages.running;
  const soFarMs = clock.atMs + Math.max(0, pageMs - clock.seenAtMs) - startedAtMs;
  const seconds = Math.max(0, Math.floor(soFarMs / 1_000));
  return <bdi className="uk-run">{formatDuration(seconds * 1_000, format)}</bdi>;
}

/** The same through a whole rendering: it moves with the timer alone. */
function readNow(): number {
  nowMs ||= performance.now();
  return nowMs;
}

/** One timer for all rows, and none while there is nobody to see them. */
function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    timer = setInterval(() => {
      if (document.hidden) return;
      nowMs = performance.now();
      for (const each of listeners) each();
    }, 1_000);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    nowMs = 0;
  };
}
