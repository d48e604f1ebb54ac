import { limits } from '../../contract/limits.ts';
import type {
  AccountState,
  ActivityRecord,
  HoldRecord,
  LedgerRecord,
  MemberRecord,
  PurchaseRecord,
  TaskRecord,
  UsageCell,
  UsageRecord,
} from '../../domain/state.ts';
import type { CellQuery, EventId } from '../store.ts';
import { compareText, SortedList } from './sorted-list.ts';

/** What tasks, holds and purchases are sorted by. */
export interface Made {
  readonly createdAtMs: number;
  readonly id: string;
  readonly accountId: string;
}

/** Everything that the memory store keeps of one account. */
export class AccountHistory {
  state: AccountState | undefined;
  readonly members = new Map<string, MemberRecord>();
  readonly events = new Map<string, EventId>();
  readonly purchases = new Map<string, PurchaseRecord>();
  readonly tasks = new Map<string, TaskRecord>();
  readonly tasksByTime = new SortedList<TaskRecord>(compareMade);
  readonly holds = new Map<string, HoldRecord>();
  readonly holdsByTime = new SortedList<HoldRecord>(compareMade);
  readonly entriesBySeq = new SortedList<LedgerRecord>((a, b) => a.seq - b.seq);
  readonly entries = new Map<string, LedgerRecord>();
  readonly usage = new Map<string, UsageRecord>();
  readonly usageByTime = new SortedList<UsageRecord>((a, b) => a.atMs - b.atMs || compareText(a.id, b.id));
  readonly activityByTime = new SortedList<ActivityRecord>(
    (a, b) => a.atMs - b.atMs || compareText(a.id, b.id),
  );
  /** By metric and dimension, then by day, then by value. */
  readonly #cells = new Map<string, Map<number, Map<string, UsageCell>>>();

  addEntry(entry: LedgerRecord): void {
    this.entries.set(entry.id, entry);
    this.entriesBySeq.put(entry);
  }

  addUsage(usage: UsageRecord): void {
    this.usage.set(usage.id, usage);
    this.usageByTime.put(usage);
  }

  putHold(hold: HoldRecord): void {
    this.holds.set(hold.id, hold);
    this.holdsByTime.put(hold);
  }

  putTask(task: TaskRecord): void {
    this.tasks.set(task.id, task);
    this.tasksByTime.put(task);
  }

  /** Adds to the cell; where its day has as many values as it may, to that day's `other`. */
  addCell(cell: UsageCell): void {
    const series = `${cell.metric}\n${cell.dimension}`;
    const days = getOrAdd(this.#cells, series, () => new Map<number, Map<string, UsageCell>>());
    const values = getOrAdd(days, cell.day, () => new Map<string, UsageCell>());
    const value = values.has(cell.value) || values.size < limits.seriesValuesMax ? cell.value : 'other';
    const quantity = (values.get(value)?.quantity ?? 0n) + cell.quantity;
    values.set(value, Object.freeze({ ...cell, value, quantity }));
  }

  cells({ metric, dimension, fromDay, toDay }: CellQuery): UsageCell[] {
    const days = this.#cells.get(`${metric}\n${dimension}`);
    const found: UsageCell[] = [];
    for (const [day, values] of days ?? []) {
      if (day >= fromDay && day < toDay) found.push(...values.values());
    }
    return found;
  }
}

/** Oldest first, by when it was made, then by id. */
export function compareMade(a: Made, b: Made): number {
  return a.createdAtMs - b.createdAtMs || compareText(a.id, b.id) || compareText(a.accountId, b.accountId);
}

function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const created = create();
  map.set(key, created);
  return created;
}
