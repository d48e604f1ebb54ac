import type { ActivityRecord } from '../../domain/activity/state.ts';
import type { LedgerRecord } from '../../domain/credits/state.ts';
import type { HoldRecord } from '../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import type { NoticeRecord } from '../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { AccountState } from '../../domain/state.ts';
import type { TaskRecord } from '../../domain/tasks/state.ts';
import type { AddedCell, UsageRecord } from '../../domain/usage/state.ts';
import { assertWritable } from '../parts/assert-writable.ts';
import { ItemMap } from '../parts/item-map.ts';
import type { AccountItem, EventId, KeptAnswer, Loaded, Writes } from '../store.ts';

/** The rows loaded for a batch, overlaid with the writes of the commands that are already decided. */
export class BatchOverlay implements Loaded {
  readonly #base: Loaded;
  readonly #accounts = new Map<string, AccountState>();
  readonly #members = new ItemMap<MemberRecord>();
  readonly #holds = new ItemMap<HoldRecord>();
  readonly #tasks = new ItemMap<TaskRecord>();
  readonly #answers = new ItemMap<KeptAnswer>();
  readonly #eventIds = new ItemMap<EventId>();
  readonly #purchases = new ItemMap<PurchaseRecord>();
  readonly #invoices = new ItemMap<InvoiceRecord>();
  readonly #charges = new ItemMap<ChargeRecord>();
  readonly #notices = new ItemMap<NoticeRecord>();
  readonly #entries: LedgerRecord[] = [];
  readonly #usage: UsageRecord[] = [];
  readonly #cells: AddedCell[] = [];
  readonly #activity: ActivityRecord[] = [];

  constructor(base: Loaded) {
    this.#base = base;
  }

  get catalogVersion(): number {
    return this.#base.catalogVersion;
  }

  account(accountId: string): AccountState | undefined {
    return this.#accounts.get(accountId) ?? this.#base.account(accountId);
  }

  answer(accountId: string, key: string): KeptAnswer | undefined {
    return this.#answers.get(accountId, key) ?? this.#base.answer(accountId, key);
  }

  member(accountId: string, memberId: string): MemberRecord | undefined {
    return this.#members.get(accountId, memberId) ?? this.#base.member(accountId, memberId);
  }

  task(accountId: string, taskId: string): TaskRecord | undefined {
    return this.#tasks.get(accountId, taskId) ?? this.#base.task(accountId, taskId);
  }

  hold(accountId: string, holdId: string): HoldRecord | undefined {
    return this.#holds.get(accountId, holdId) ?? this.#base.hold(accountId, holdId);
  }

  event(accountId: string, eventId: string): EventId | undefined {
    return this.#eventIds.get(accountId, eventId) ?? this.#base.event(accountId, eventId);
  }

  purchase(accountId: string, purchaseId: string): PurchaseRecord | undefined {
    return this.#purchases.get(accountId, purchaseId) ?? this.#base.purchase(accountId, purchaseId);
  }

  invoice(accountId: string, invoiceId: string): InvoiceRecord | undefined {
    return this.#invoices.get(accountId, invoiceId) ?? this.#base.invoice(accountId, invoiceId);
  }

  charge(accountId: string, chargeId: string): ChargeRecord | undefined {
    return this.#charges.get(accountId, chargeId) ?? this.#base.charge(accountId, chargeId);
  }

  notice(accountId: string, noticeId: string): NoticeRecord | undefined {
    return this.#notices.get(accountId, noticeId) ?? this.#base.notice(accountId, noticeId);
  }

  /**
   * Lays the writes of one decided command on top.
   * @throws Error as `assertWritable`; nothing of them is laid on top then.
   */
  add(writes: Writes): void {
    assertWritable(writes, this);
    const { accounts, members, holds, tasks, answers, eventIds, purchases, invoices, charges } = writes;
    if (accounts) for (const account of accounts) this.#accounts.set(account.profile.id, account);
    if (members) putAll(this.#members, members);
    if (holds) putAll(this.#holds, holds);
    if (tasks) putAll(this.#tasks, tasks);
    if (eventIds) putAll(this.#eventIds, eventIds);
    if (purchases) putAll(this.#purchases, purchases);
    if (invoices) putAll(this.#invoices, invoices);
    if (charges) putAll(this.#charges, charges);
    if (writes.notices) putAll(this.#notices, writes.notices);
    if (answers) for (const answer of answers) this.#answers.set(answer.accountId, answer.key, answer);
    if (writes.entries) append(this.#entries, writes.entries);
    if (writes.usage) append(this.#usage, writes.usage);
    if (writes.cells) append(this.#cells, writes.cells);
    if (writes.activity) append(this.#activity, writes.activity);
  }

  /** All writes so far: each put thing once, in its latest state; cells as they came, which a store sums. */
  writes(): Writes {
    return {
      accounts: [...this.#accounts.values()],
      members: this.#members.values(),
      entries: this.#entries,
      usage: this.#usage,
      cells: this.#cells,
      holds: this.#holds.values(),
      tasks: this.#tasks.values(),
      answers: this.#answers.values(),
      eventIds: this.#eventIds.values(),
      purchases: this.#purchases.values(),
      invoices: this.#invoices.values(),
      charges: this.#charges.values(),
      notices: this.#notices.values(),
      activity: this.#activity,
    };
  }
}

function putAll<Value extends AccountItem>(map: ItemMap<Value>, values: readonly Value[]): void {
  for (const value of values) map.set(value.accountId, value.id, value);
}

/** One by one: a list may be longer than a call may have arguments. */
function append<Value>(target: Value[], values: readonly Value[]): void {
  for (const value of values) target.push(value);
}
