import type { ActivityRecord } from '../../domain/activity/state.ts';
import type { LedgerRecord } from '../../domain/credits/state.ts';
import type { HoldRecord } from '../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import type { NoticeRecord } from '../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { AccountState } from '../../domain/state.ts';
import type { TaskRecord } from '../../domain/tasks/state.ts';
import { startOfDayMs } from '../../domain/time/calendar.ts';
import { cellsOf } from '../../domain/usage/cells.ts';
import { partSumsOf } from '../../domain/usage/day-parts.ts';
import type { UsageCell, UsageRecord } from '../../domain/usage/state.ts';
import { addToDayPart, askedParts, readDayPart } from '../codec/day-part-codec.ts';
import { SeriesSums } from '../parts/series-sums.ts';
import type { CellQuery, DayPartCell, DayPartQuery, EventId } from '../store.ts';
import { compareText, SortedList } from './sorted-list.ts';

/** The sort key of tasks, holds, purchases, invoices, charges and notices. */
export interface Made {
  readonly createdAtMs: number;
  readonly id: string;
  readonly accountId: string;
}

/** Everything that the memory store keeps of one account. */
export class AccountHistory {
  state: AccountState | undefined;
  members = new Map<string, MemberRecord>();
  events = new Map<string, EventId>();
  purchases = new Map<string, PurchaseRecord>();
  invoices = new Map<string, InvoiceRecord>();
  invoicesByTime = new SortedList<InvoiceRecord>(compareMade);
  charges = new Map<string, ChargeRecord>();
  chargesByTime = new SortedList<ChargeRecord>(compareMade);
  notices = new Map<string, NoticeRecord>();
  noticesByTime = new SortedList<NoticeRecord>(compareMade);
  tasks = new Map<string, TaskRecord>();
  tasksByTime = new SortedList<TaskRecord>(compareMade);
  holds = new Map<string, HoldRecord>();
  holdsByTime = new SortedList<HoldRecord>(compareMade);
  entriesBySeq = new SortedList<LedgerRecord>((a, b) => a.seq - b.seq);
  entries = new Map<string, LedgerRecord>();
  usage = new Map<string, UsageRecord>();
  usageByTime = new SortedList<UsageRecord>(compareAt);
  activityByTime = new SortedList<ActivityRecord>(compareAt);
  /** By metric and dimension. */
  #series = new Map<string, SeriesSums>();

  copy(): AccountHistory {
    const copy = new AccountHistory();
    copy.state = this.state;
    copy.members = new Map(this.members);
    copy.events = new Map(this.events);
    copy.purchases = new Map(this.purchases);
    copy.invoices = new Map(this.invoices);
    copy.invoicesByTime = this.invoicesByTime.copy();
    copy.charges = new Map(this.charges);
    copy.chargesByTime = this.chargesByTime.copy();
    copy.notices = new Map(this.notices);
    copy.noticesByTime = this.noticesByTime.copy();
    copy.tasks = new Map(this.tasks);
    copy.tasksByTime = this.tasksByTime.copy();
    copy.holds = new Map(this.holds);
    copy.holdsByTime = this.holdsByTime.copy();
    copy.entriesBySeq = this.entriesBySeq.copy();
    copy.entries = new Map(this.entries);
    copy.usage = new Map(this.usage);
    copy.usageByTime = this.usageByTime.copy();
    copy.activityByTime = this.activityByTime.copy();
    copy.#series = new Map([...this.#series].map(([key, sums]) => [key, sums.copy()]));
    return copy;
  }

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

  putNotice(notice: NoticeRecord): void {
    this.notices.set(notice.id, notice);
    this.noticesByTime.put(notice);
  }

  deleteNotice(notice: NoticeRecord): void {
    this.notices.delete(notice.id);
    this.noticesByTime.delete(notice);
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

  /** Of every series. */
  *everyCell(): Generator<Omit<UsageCell, 'accountId'>> {
    for (const [key, series] of this.#series) {
      const [metric = '', dimension = ''] = key.split('\n');
      for (const cell of series.cells(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY))
        yield { metric, dimension, ...cell };
    }
  }

  /** Added up from the uses: whoever keeps everything in memory has few. */
  dayParts(query: DayPartQuery): DayPartCell[] {
    const { metric, dimension, fromDay, toDay } = query;
    const { timeZone } = this.state?.profile ?? { timeZone: 'UTC' };
    const fromMs = startOfDayMs(fromDay, timeZone);
    const toMs = startOfDayMs(toDay, timeZone);
    const records: UsageRecord[] = [];
    for (const record of this.usageByTime.from(({ atMs }) => atMs < fromMs)) {
      if (record.atMs >= toMs) break;
      records.push(record);
    }
    const asked = askedParts(query);
    const cells: DayPartCell[] = [];
    for (const { day, part, sums } of partSumsOf(cellsOf(records, timeZone))) {
      const hour = asked.get(part);
      if (hour === undefined) continue;
      for (const sum of readDayPart(addToDayPart(undefined, sums), metric, dimension))
        cells.push({ day, hour, ...sum });
    }
    return cells;
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

function compareAt(
  a: { readonly atMs: number; readonly id: string },
  b: { readonly atMs: number; readonly id: string },
): number {
  return a.atMs - b.atMs || compareText(a.id, b.id);
}
