import type { HoldRecord } from '../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import type { NoticeRecord } from '../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { AccountState } from '../../domain/state.ts';
import type { TaskRecord } from '../../domain/tasks/state.ts';
import type { EventId, KeptAnswer, Loaded, StorePage, UnreadableRow } from '../store.ts';
import { StoredFormatError } from '../store-errors.ts';
import { ItemMap } from './item-map.ts';

/** A row that was found and cannot be read. */
export class Unreadable {
  readonly error: StoredFormatError;

  constructor(error: StoredFormatError) {
    this.error = error;
  }
}

/** Reads a row; one that cannot be read must not fail the batch that it was loaded for. */
export function readable<Value>(read: () => Value): Value | Unreadable {
  try {
    return read();
  } catch (error) {
    if (error instanceof StoredFormatError) return new Unreadable(error);
    throw error;
  }
}

/** Those rows of a page that can be read, and which cannot: one bad row denies the list to nobody. */
export function readablePage<Row, Value>(
  { items: rows, nextCursor }: StorePage<Row>,
  read: (row: Row) => Value,
  nameOf: (row: Row) => Omit<UnreadableRow, 'reason'>,
): StorePage<Value> {
  const items: Value[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const row of rows) {
    const item = readable(() => read(row));
    if (item instanceof Unreadable) unreadable.push({ ...nameOf(row), reason: item.error.message });
    else items.push(item);
  }
  return { items, nextCursor, ...(unreadable.length > 0 && { unreadable }) };
}

type Place<Value> = Value | Unreadable | undefined;

/**
 * The rows that a store loaded for one write. A key with the value undefined was looked up and does not exist. A row that cannot
 * be read throws for the command that asks for it, and for no other command.
 */
export class LoadedRows implements Loaded {
  readonly catalogVersion: number;
  readonly accounts = new Map<string, Place<AccountState>>();
  readonly answers = new ItemMap<KeptAnswer | undefined>();
  readonly members = new ItemMap<Place<MemberRecord>>();
  readonly tasks = new ItemMap<Place<TaskRecord>>();
  readonly holds = new ItemMap<Place<HoldRecord>>();
  readonly events = new ItemMap<EventId | undefined>();
  readonly purchases = new ItemMap<Place<PurchaseRecord>>();
  readonly invoices = new ItemMap<Place<InvoiceRecord>>();
  readonly charges = new ItemMap<Place<ChargeRecord>>();
  readonly notices = new ItemMap<Place<NoticeRecord>>();

  constructor(catalogVersion: number) {
    this.catalogVersion = catalogVersion;
  }

  account(accountId: string): AccountState | undefined {
    const state = this.accounts.get(accountId);
    if (state === undefined && !this.accounts.has(accountId)) throw notAsked('account', accountId);
    return readOrThrow(state);
  }

  answer(accountId: string, key: string): KeptAnswer | undefined {
    return found(this.answers, accountId, key, 'answer');
  }

  member(accountId: string, memberId: string): MemberRecord | undefined {
    return found(this.members, accountId, memberId, 'member');
  }

  task(accountId: string, taskId: string): TaskRecord | undefined {
    return found(this.tasks, accountId, taskId, 'task');
  }

  hold(accountId: string, holdId: string): HoldRecord | undefined {
    return found(this.holds, accountId, holdId, 'hold');
  }

  event(accountId: string, eventId: string): EventId | undefined {
    return found(this.events, accountId, eventId, 'event');
  }

  purchase(accountId: string, purchaseId: string): PurchaseRecord | undefined {
    return found(this.purchases, accountId, purchaseId, 'purchase');
  }

  invoice(accountId: string, invoiceId: string): InvoiceRecord | undefined {
    return found(this.invoices, accountId, invoiceId, 'invoice');
  }

  charge(accountId: string, chargeId: string): ChargeRecord | undefined {
    return found(this.charges, accountId, chargeId, 'charge');
  }

  notice(accountId: string, noticeId: string): NoticeRecord | undefined {
    return found(this.notices, accountId, noticeId, 'notice');
  }
}

function found<Value>(
  values: ItemMap<Place<Value>>,
  accountId: string,
  id: string,
  noun: string,
): Value | undefined {
  const place = values.find(accountId, id);
  if (place === undefined) throw notAsked(noun, `${id} of ${accountId}`);
  return readOrThrow(place.value);
}

function readOrThrow<Value>(value: Place<Value>): Value | undefined {
  if (value instanceof Unreadable) throw value.error;
  return value;
}

function notAsked(noun: string, name: string): Error {
  return new Error(`The ${noun} ${name} was not among the needs of this write; name it there.`);
}
