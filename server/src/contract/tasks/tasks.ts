import type { Dimensions, Item, LineItem } from '../gate/gate.ts';
import type { PageQuery } from '../http/page.ts';
import type { CreditUnit, DecimalString, Instant, ShownUnit } from '../values/amount.ts';

/** How a task stands. The last three end it. */
export type TaskStatus = 'pending' | 'in_progress' | 'completed' | 'failed' | 'cancelled';

/** One run of an agent or workflow. */
export interface Task {
  id: string;
  accountId: string;
  name: string;
  status: TaskStatus;
  agentId: string | null;
  memberId: string | null;
  /** The member's name, where an account's tasks are read; absent where there is no member, or no name. */
  memberName?: string;
  projectId: string | null;
  workspaceId: string | null;
  /** The API key that asked for it; null where none was named. */
  apiKeyId: string | null;
  category: string | null;
  /** The estimated cost; null if there was no estimate, or if the caller may not see costs. */
  estimate: DecimalString | null;
  /** The hold that pays for it, while it is open. */
  holdId: string | null;
  /** Null where the caller may not see what things cost, as are `cost` and `refunded`. */
  held: DecimalString | null;
  /** The actual cost: the sum of its line items. */
  cost: DecimalString | null;
  /** The refund after a failure, if the catalog grants one. It goes to the grants that paid; some of them may have ended. */
  refunded: DecimalString | null;
  unit: CreditUnit;
  /** What the catalog calls a credit; absent where the unit is a currency. */
  creditLabel?: ShownUnit;
  /** Absent where the caller may not see traces. */
  lineItems?: LineItem[];
  result: string | null;
  error: string | null;
  createdAt: Instant;
  startedAt: Instant | null;
  endedAt: Instant | null;
  updatedAt: Instant;
}

/** Body of `POST /v1/tasks`. */
export interface TaskRequest extends Omit<Dimensions, 'taskId'> {
  accountId: string;
  /** Made by the server where it is left out. */
  id?: string;
  name: string;
  /** `pending` by default. */
  status?: 'pending' | 'in_progress';
  /** The expected use; its cost is put on hold when the task starts. */
  estimate?: Item[];
}

/** Body of `PATCH /v1/tasks/{id}`. */
export interface TaskChange {
  accountId: string;
  status?: TaskStatus;
  /**
   * Use to charge to the task now, from its hold if it has one. It is refused, with nothing charged, if it exceeds the hold and a
   * limit, or the available amount and the plan's overdraft.
   */
  items?: Item[];
  result?: string;
  error?: string;
}

/** Which tasks are asked for. */
export interface TaskSelection {
  status?: TaskStatus;
  agentId?: string;
  memberId?: string;
  /** Made at or after. */
  from?: Instant;
  /** Made before. */
  to?: Instant;
  /** Text in the task's name, id, agent or error; capital and small letters are the same. */
  search?: string;
}

/**
 * Query of `GET /v1/tasks`; newest first. A page of a search may have fewer tasks than asked for, or none, and still have a next
 * one: the server looks through so many tasks at a time.
 */
export interface TaskQuery extends PageQuery, TaskSelection {
  accountId?: string;
}

/** Columns of `GET /v1/accounts/{id}/tasks/export`, in their order; a new one comes last, so that the others keep their places. */
export const taskExportColumns = [
  'id',
  'name',
  'status',
  'agentId',
  'memberId',
  'projectId',
  'category',
  'createdAt',
  'startedAt',
  'endedAt',
  'cost',
  'unit',
  'error',
  'workspaceId',
  'apiKeyId',
] as const satisfies (keyof Task)[];
