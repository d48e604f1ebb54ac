import { nextDueAtMs } from '../../domain/accounts/advance.ts';
import type { AccountState } from '../../domain/state.ts';
import { type DueQuery, systemClockId } from '../store.ts';

/** When an account is due next, by which clock. */
export interface Due {
  readonly clockId: string;
  readonly dueAtMs: number;
}

export function dueOf(state: AccountState): Due {
  return { clockId: state.profile.testClockId ?? systemClockId, dueAtMs: nextDueAtMs(state) };
}

export function isDue({ clockId, dueAtMs }: Due, query: DueQuery): boolean {
  return clockId === (query.clockId ?? systemClockId) && dueAtMs <= query.nowMs;
}
