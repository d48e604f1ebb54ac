import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
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
import { SeriesSums } from '../parts/series-sums.ts';
import type { CellQuery, EventId } from '../store.ts';
import { compareText, SortedList } from './sorted-list.ts';

/** What tasks, holds, purchases, invoices and charges are sorted by. */
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
  readonly invoices = new Map<string, InvoiceRecord>();
  readonly invoicesByTime = new SortedList<InvoiceRecord>(compareMade);
  readonly charges = new Map<string, ChargeRecord>();
  readonly chargesByTime = new SortedList<ChargeRecord>(compareMade);
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
  /** By metric and dimension. */
  readonly #series = new Map<string, SeriesSums>();

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

  putInvoice(invoice: InvoiceRecord): void {
    this.invoices.set(invoice.id, invoice);
    this.invoicesByTime.put(invoice);
  }

  putCharge(charge: ChargeRecord): void {
    this.charges.set(charge.id, charge);
    this.chargesByTime.put(charge);
  }

  putTask(task: TaskRecord): void {
    this.tasks.set(task.id, task);
    this.tasksByTime.put(task);
  }

  addCell(cell: UsageCell): void {
    const key = `${cell.metric}\n${cell.dimension}`;
    const series = this.#series.get(key) ?? new SeriesSums();
    this.#series.set(key, series);
    series.add(cell);
  }

  cells({ accountId, metric, dimension, fromDay, toDay }: CellQuery): UsageCell[] {
    const series = this.#series.get(`${metric}\n${dimension}`);
    return (series?.cells(fromDay, toDay) ?? []).map((cell) => ({ accountId, metric, dimension, ...cell }));
  }
}

/** Oldest first, by when it was made, then by id. */
export function compareMade(a: Made, b: Made): number {
  return a.createdAtMs - b.createdAtMs || compareText(a.id, b.id) || compareText(a.accountId, b.accountId);
}
