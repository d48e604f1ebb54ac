import type { HoldRecord } from '../../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../../domain/invoices/state.ts';
import type { MemberRecord } from '../../../domain/members/state.ts';
import type { NoticeRecord } from '../../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../../domain/purchases/state.ts';
import type { AccountState } from '../../../domain/state.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import { CellSums } from '../../../domain/usage/cell-sums.ts';
import type { AddedCell } from '../../../domain/usage/state.ts';
import { type EncodedAccount, encodeAccount } from '../../codec/account-codec.ts';
import { embedEntries } from '../../codec/embedded-entry.ts';
import { Fifo } from '../../parts/fifo.ts';
import {
  type EntryRow,
  rowOfActivity,
  rowOfEntry,
  rowOfUse,
  type TimedRow,
  type UseRow,
} from '../../sql/fact-tables.ts';
import type { EventId, KeptAnswer, Loaded, Writes } from '../../store.ts';

/** Things that are put, by id; undefined while there are none, which is the common case. */
type PutById<Value> = Map<string, Value> | undefined;

/** Rows of one account that may be written again with the same outcome. */
export interface Facts {
  readonly entries: readonly EntryRow[];
  readonly usage: readonly UseRow[];
  readonly activity: readonly TimedRow[];
  readonly events: readonly EventId[];
  readonly holds: readonly HoldRecord[];
  readonly tasks: readonly TaskRecord[];
  readonly members: readonly MemberRecord[];
  readonly purchases: readonly PurchaseRecord[];
  readonly invoices: readonly InvoiceRecord[];
  readonly charges: readonly ChargeRecord[];
  readonly notices: readonly NoticeRecord[];
}

/** Those of the facts that stand between two places, in the order in which they are written. */
export function factsBetween(facts: Facts, from: number, to: number): Facts {
  let place = 0;
  const between = <Row>(rows: readonly Row[]): readonly Row[] => {
    const [first, last] = [Math.max(from - place, 0), Math.max(to - place, 0)];
    place += rows.length;
    return rows.slice(first, last);
  };
  return {
    entries: between(facts.entries),
    usage: between(facts.usage),
    activity: between(facts.activity),
    events: between(facts.events),
    holds: between(facts.holds),
    tasks: between(facts.tasks),
    members: between(facts.members),
    purchases: between(facts.purchases),
    invoices: between(facts.invoices),
    charges: between(facts.charges),
    notices: between(facts.notices),
  };
}

export function factCountOf(facts: Facts): number {
  return Object.values(facts).reduce((count, rows: readonly unknown[]) => count + rows.length, 0);
}

/** The writes to one account that are not in its tables yet. */
export class AccountChanges {
  readonly accountId: string;
  /** The state as it is now, if it changed. */
  state: AccountState | undefined = undefined;
  /** The version of that state. */
  version = 0;
  /** The parts of it that changed. */
  encoded: EncodedAccount | undefined = undefined;
  readonly entries = new Fifo<EntryRow>();
  readonly usage = new Fifo<UseRow>();
  cells = new CellSums();
  activity: TimedRow[] | undefined = undefined;
  /** The answers of this batch only. When changes are gathered over several batches, answers are kept apart. */
  answers: KeptAnswer[] = [];
  holds: PutById<HoldRecord> = undefined;
  tasks: PutById<TaskRecord> = undefined;
  members: PutById<MemberRecord> = undefined;
  purchases: PutById<PurchaseRecord> = undefined;
  invoices: PutById<InvoiceRecord> = undefined;
  charges: PutById<ChargeRecord> = undefined;
  notices: PutById<NoticeRecord> = undefined;
  events: PutById<EventId> = undefined;

  constructor(accountId: string) {
    this.accountId = accountId;
  }

  /** Whether something is put, as it is by few transactions. */
  get hasPuts(): boolean {
    const { holds, tasks, members, purchases, invoices, charges, notices, events } = this;
    const first = holds ?? tasks ?? members ?? purchases ?? invoices ?? charges ?? notices ?? events;
    return first !== undefined;
  }

  /** Rows of facts: they may be written again with the same outcome, and so in parts. */
  get factCount(): number {
    return (
      this.entries.length +
      this.usage.length +
      (this.activity?.length ?? 0) +
      (this.events?.size ?? 0) +
      (this.holds?.size ?? 0) +
      (this.tasks?.size ?? 0) +
      (this.members?.size ?? 0) +
      (this.purchases?.size ?? 0) +
      (this.invoices?.size ?? 0) +
      (this.charges?.size ?? 0) +
      (this.notices?.size ?? 0)
    );
  }

  /** The facts that came first, at most so many; they stay. */
  oldestFacts(count: number): Facts {
    let left = count;
    const take = <Row>(rows: readonly Row[]): readonly Row[] => {
      left -= rows.length;
      return rows;
    };
    const first = <Value>(puts: PutById<Value>): readonly Value[] => {
      const values: Value[] = [];
      for (const value of puts?.values() ?? []) {
        if (values.length >= left) break;
        values.push(value);
      }
      return take(values);
    };
    return {
      entries: take(this.entries.oldest(left)),
      usage: take(this.usage.oldest(left)),
      activity: take(this.activity?.slice(0, left) ?? []),
      events: first(this.events),
      holds: first(this.holds),
      tasks: first(this.tasks),
      members: first(this.members),
      purchases: first(this.purchases),
      invoices: first(this.invoices),
      charges: first(this.charges),
      notices: first(this.notices),
    };
  }

  /** Takes the facts that `oldestFacts` gave, except those that were put again since. */
  dropFacts({ entries, usage, activity, ...puts }: Facts): void {
    this.entries.drop(entries.length);
    this.usage.drop(usage.length);
    if (activity.length > 0) this.activity = this.activity?.slice(activity.length);
    dropPuts(this.events, puts.events);
    dropPuts(this.holds, puts.holds);
    dropPuts(this.tasks, puts.tasks);
    dropPuts(this.members, puts.members);
    dropPuts(this.purchases, puts.purchases);
    dropPuts(this.invoices, puts.invoices);
    dropPuts(this.charges, puts.charges);
    dropPuts(this.notices, puts.notices);
  }

  /** Takes over what a later batch changed. */
  add(later: AccountChanges): void {
    if (later.state !== undefined) this.state = later.state;
    if (later.encoded !== undefined) this.version = later.version;
    this.encoded = joinEncoded(this.encoded, later.encoded);
    for (const row of later.entries.all()) this.entries.push(row);
    for (const row of later.usage.all()) this.usage.push(row);
    if (later.activity !== undefined) {
      this.activity ??= [];
      for (const row of later.activity) this.activity.push(row);
    }
    for (const cell of later.cells.cells) this.cells.add(cell);
    if (!later.hasPuts) return;
    this.holds = joinPuts(this.holds, later.holds);
    this.tasks = joinPuts(this.tasks, later.tasks);
    this.members = joinPuts(this.members, later.members);
    this.purchases = joinPuts(this.purchases, later.purchases);
    this.invoices = joinPuts(this.invoices, later.invoices);
    this.charges = joinPuts(this.charges, later.charges);
    this.notices = joinPuts(this.notices, later.notices);
    this.events = joinPuts(this.events, later.events);
  }
}

/** The encoded writes of one transaction, by account. `loaded` holds each account as it was before. */
export function changesByAccount(writes: Writes, loaded: Loaded): Map<string, AccountChanges> {
  const changes = new Map<string, AccountChanges>();
  // Writes of one account mostly come one after another.
  let last: AccountChanges | undefined;
  const changesOf = (accountId: string): AccountChanges => {
    if (last?.accountId === accountId) return last;
    last = changes.get(accountId);
    if (last === undefined) {
      last = new AccountChanges(accountId);
      changes.set(accountId, last);
    }
    return last;
  };
  for (const state of writes.accounts ?? []) {
    const account = changesOf(state.profile.id);
    account.state = state;
    account.version = state.version;
    account.encoded = encodeAccount(state, loaded.account(state.profile.id));
  }
  const { rows, apart } = embedEntries(writes.usage ?? [], writes.entries ?? []);
  for (const entry of apart) {
    changesOf(entry.accountId).entries.push(rowOfEntry(entry));
  }
  for (const row of rows) {
    changesOf(row.usage.accountId).usage.push(rowOfUse(row));
  }
  if (writes.cells !== undefined) addCells(writes.cells, changesOf);
  for (const answer of writes.answers ?? []) changesOf(answer.accountId).answers.push(answer);
  for (const activity of writes.activity ?? []) {
    const account = changesOf(activity.accountId);
    account.activity ??= [];
    account.activity.push(rowOfActivity(activity));
  }
  for (const hold of writes.holds ?? []) {
    const account = changesOf(hold.accountId);
    account.holds = put(account.holds, hold);
  }
  for (const task of writes.tasks ?? []) {
    const account = changesOf(task.accountId);
    account.tasks = put(account.tasks, task);
  }
  for (const member of writes.members ?? []) {
    const account = changesOf(member.accountId);
    account.members = put(account.members, member);
  }
  for (const purchase of writes.purchases ?? []) {
    const account = changesOf(purchase.accountId);
    account.purchases = put(account.purchases, purchase);
  }
  for (const invoice of writes.invoices ?? []) {
    const account = changesOf(invoice.accountId);
    account.invoices = put(account.invoices, invoice);
  }
  for (const charge of writes.charges ?? []) {
    const account = changesOf(charge.accountId);
    account.charges = put(account.charges, charge);
  }
  for (const notice of writes.notices ?? []) {
    const account = changesOf(notice.accountId);
    account.notices = put(account.notices, notice);
  }
  for (const event of writes.eventIds ?? []) {
    const account = changesOf(event.accountId);
    account.events = put(account.events, event);
  }
  return changes;
}

/** Twenty for each use, in a function that is small enough to be compiled well. */
function addCells(cells: readonly AddedCell[], changesOf: (accountId: string) => AccountChanges): void {
  for (const cell of cells) changesOf(cell.accountId).cells.add(cell);
}

function put<Value extends { readonly id: string }>(
  values: PutById<Value>,
  value: Value,
): Map<string, Value> {
  return (values ?? new Map<string, Value>()).set(value.id, value);
}

function joinPuts<Value>(earlier: PutById<Value>, later: PutById<Value>): PutById<Value> {
  if (earlier === undefined || later === undefined) return later ?? earlier;
  for (const [id, value] of later) earlier.set(id, value);
  return earlier;
}

function dropPuts<Value extends { readonly id: string }>(
  puts: PutById<Value>,
  dropped: readonly Value[],
): void {
  for (const value of dropped) if (puts?.get(value.id) === value) puts.delete(value.id);
}

/** The parts of an account after two changes. */
export function joinEncoded(
  earlier: EncodedAccount | undefined,
  later: EncodedAccount | undefined,
): EncodedAccount | undefined {
  if (earlier === undefined || later === undefined) return later ?? earlier;
  return {
    profile: later.profile ?? earlier.profile,
    wallet: later.wallet ?? earlier.wallet,
    usage: later.usage ?? earlier.usage,
    holds: later.holds ?? earlier.holds,
    rest: later.rest ?? earlier.rest,
    dueAtMs: later.dueAtMs ?? earlier.dueAtMs,
    clockId: later.clockId ?? earlier.clockId,
  };
}
