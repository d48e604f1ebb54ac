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
} from '../domain/state.ts';
import { ItemMap } from './item-map.ts';
import type { EventId, KeptAnswer, Loaded, Writes } from './store.ts';
import { sumCells } from './sum-cells.ts';

/** What was loaded for a batch, with the writes of the commands that were already decided on top. */
export class BatchOverlay implements Loaded {
  readonly #base: Loaded;
  readonly #accounts = new Map<string, AccountState>();
  readonly #members = new ItemMap<MemberRecord>();
  readonly #holds = new ItemMap<HoldRecord>();
  readonly #tasks = new ItemMap<TaskRecord>();
  readonly #answers = new ItemMap<KeptAnswer>();
  readonly #eventIds = new ItemMap<EventId>();
  readonly #purchases = new ItemMap<PurchaseRecord>();
  readonly #entries: LedgerRecord[] = [];
  readonly #usage: UsageRecord[] = [];
  readonly #cells: UsageCell[] = [];
  readonly #activity: ActivityRecord[] = [];

  constructor(base: Loaded) {
    this.#base = base;
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

  /** Lays the writes of one decided command on top. */
  add(writes: Writes): void {
    for (const account of writes.accounts ?? []) this.#accounts.set(account.profile.id, account);
    for (const member of writes.members ?? []) this.#members.set(member.accountId, member.id, member);
    for (const hold of writes.holds ?? []) this.#holds.set(hold.accountId, hold.id, hold);
    for (const task of writes.tasks ?? []) this.#tasks.set(task.accountId, task.id, task);
    for (const answer of writes.answers ?? []) {
      this.#answers.set(answer.accountId, answer.key, answer);
    }
    for (const event of writes.eventIds ?? []) this.#eventIds.set(event.accountId, event.id, event);
    for (const purchase of writes.purchases ?? []) {
      this.#purchases.set(purchase.accountId, purchase.id, purchase);
    }
    for (const entry of writes.entries ?? []) this.#entries.push(entry);
    for (const usage of writes.usage ?? []) this.#usage.push(usage);
    for (const cell of writes.cells ?? []) this.#cells.push(cell);
    for (const activity of writes.activity ?? []) this.#activity.push(activity);
  }

  /** All writes so far: each put thing once, in its latest state, and cells summed by key. */
  writes(): Writes {
    return {
      accounts: [...this.#accounts.values()],
      members: [...this.#members.values()],
      entries: this.#entries,
      usage: this.#usage,
      cells: sumCells(this.#cells),
      holds: [...this.#holds.values()],
      tasks: [...this.#tasks.values()],
      answers: [...this.#answers.values()],
      eventIds: [...this.#eventIds.values()],
      purchases: [...this.#purchases.values()],
      activity: this.#activity,
    };
  }
}
