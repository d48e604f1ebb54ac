import type { Task } from '@usagekit/server/contract';

/** How long a task ran; null for one that has not begun or not ended. */
export function taskDurationMs({ startedAt, endedAt }: Task): number | null {
  return startedAt !== null && endedAt !== null ? Date.parse(endedAt) - Date.parse(startedAt) : null;
}
