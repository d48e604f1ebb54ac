import type { Item } from '../../contract/gate/gate.ts';
import type { TaskStatus } from '../../contract/tasks/tasks.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { GrantPart } from '../credits/state.ts';
import type { ChargeLine, UsageRecord, UseDimensions } from '../usage/state.ts';

/** What one use of a task counted, and what of it is needed to give that back. */
export interface TaskCount extends Pick<UsageRecord, 'atMs' | 'counts' | 'partsEnded'> {
  readonly usageId: string;
  /** The lines by which the wallet paid for counted units; absent where it was recorded before that was kept. */
  readonly lines?: readonly ChargeLine[];
}

/** A task with what it cost, what it holds and what it counted. */
export interface TaskRecord {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly status: TaskStatus;
  readonly dimensions: UseDimensions;
  readonly estimate: Micros | null;
  /** The estimated items; their cost is put on hold when the task starts. */
  readonly estimateItems: readonly Item[] | null;
  readonly holdId: string | null;
  readonly held: Micros;
  /** The sum of its lines. */
  readonly cost: Micros;
  /** The part of the cost that the wallet paid or owes. */
  readonly paid: Micros;
  /** The grants that paid, each once; the difference to `paid` was owed. Kept until the task ends. */
  readonly paidFrom: readonly GrantPart[];
  /** The counts of each of its uses. Kept until the task ends. */
  readonly counted: readonly TaskCount[];
  /** The refund after it failed. */
  readonly refunded: Micros;
  readonly unit: CreditUnit;
  readonly lines: readonly ChargeLine[];
  readonly result: string | null;
  readonly error: string | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly updatedAtMs: number;
}
