import type { CatalogConfig } from '../contract/catalog/catalog.ts';
import type { DoctorFinding } from '../contract/operations/operations.ts';
import type { TaskStatus } from '../contract/tasks/tasks.ts';
import type { ActivityRecord } from '../domain/activity/state.ts';
import type { Micros } from '../domain/amounts/amounts.ts';
import type { LedgerRecord } from '../domain/credits/state.ts';
import type { Eraser } from '../domain/erasures/eraser.ts';
import type { ErasedRows } from '../domain/erasures/state.ts';
import type { HoldRecord } from '../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../domain/invoices/state.ts';
import type { MemberRecord } from '../domain/members/state.ts';
import type { NoticeRecord } from '../domain/notices/state.ts';
import type { PurchaseRecord } from '../domain/purchases/state.ts';
import type { AccountState } from '../domain/state.ts';
import type { TaskRecord } from '../domain/tasks/state.ts';
import type { AddedCell, CountedUse, UsageCell, UsageRecord } from '../domain/usage/state.ts';
import type {
  AuditRecord,
  CatalogRecord,
  ClockRecord,
  ErasedTraces,
  ErasureRecord,
  KeyOwner,
  KeyRecord,
  PairingCode,
  PairingRecord,
  WebhookEndpointRecord,
} from './installation-records.ts';
import type { LeaseName } from './lease-names.ts';

/** The rows that must be loaded and locked before a write can be decided. Ids may repeat. */
export interface Needs {
  readonly accountIds: readonly string[];
  readonly answers?: readonly AnswerKey[];
  readonly members?: readonly AccountItem[];
  readonly tasks?: readonly AccountItem[];
  readonly holds?: readonly AccountItem[];
  readonly eventIds?: readonly AccountItem[];
  readonly purchases?: readonly AccountItem[];
  readonly invoices?: readonly AccountItem[];
  readonly charges?: readonly AccountItem[];
  readonly notices?: readonly AccountItem[];
}

/** A thing of an account's, by its own id. */
export interface AccountItem {
  readonly accountId: string;
  readonly id: string;
}

/** An idempotency key of an account's. */
export interface AnswerKey {
  readonly accountId: string;
  readonly key: string;
}

/** An answer that changed something, kept for replay. */
export interface KeptAnswer extends AnswerKey {
  /** 128 bits of the request's hash, as 32 hex digits: method, path and body. */
  readonly requestHash: string;
  readonly status: number;
  readonly body: string;
  readonly recordedAtMs: number;
}

/** The id of a reported event, with a 128-bit hash of its content as 32 hex digits. */
export interface EventId extends AccountItem {
  readonly contentHash: string;
}

/** The rows loaded for a write. Undefined if a row does not exist; asking for a row that was not in the needs throws. */
export interface Loaded {
  /** The latest version of the catalog as the write finds it, whichever process put it; 0 where there is none. */
  readonly catalogVersion: number;
  account(accountId: string): AccountState | undefined;
  answer(accountId: string, key: string): KeptAnswer | undefined;
  member(accountId: string, memberId: string): MemberRecord | undefined;
  task(accountId: string, taskId: string): TaskRecord | undefined;
  hold(accountId: string, holdId: string): HoldRecord | undefined;
  event(accountId: string, eventId: string): EventId | undefined;
  purchase(accountId: string, purchaseId: string): PurchaseRecord | undefined;
  invoice(accountId: string, invoiceId: string): InvoiceRecord | undefined;
  charge(accountId: string, chargeId: string): ChargeRecord | undefined;
  notice(accountId: string, noticeId: string): NoticeRecord | undefined;
}

/**
 * The writes of one transaction. Accounts, members, holds, tasks, purchases, invoices, charges and notices are put; all else is
 * added.
 */
export interface Writes {
  readonly accounts?: readonly AccountState[];
  readonly members?: readonly MemberRecord[];
  /**
   * Numbered from their account's `nextSeq`; the account is written with them and holds the next number. Any other number is a
   * bug: the write fails, and nothing of it is kept.
   */
  readonly entries?: readonly LedgerRecord[];
  /** The caller must make sure that the ids are new within the account. */
  readonly usage?: readonly UsageRecord[];
  /** Rollup cells to be added to what the store has, and to the parts of their days; the same one may come several times. */
  readonly cells?: readonly AddedCell[];
  readonly holds?: readonly HoldRecord[];
  readonly tasks?: readonly TaskRecord[];
  readonly answers?: readonly KeptAnswer[];
  readonly eventIds?: readonly EventId[];
  readonly purchases?: readonly PurchaseRecord[];
  readonly invoices?: readonly InvoiceRecord[];
  readonly charges?: readonly ChargeRecord[];
  readonly notices?: readonly NoticeRecord[];
  readonly activity?: readonly ActivityRecord[];
}

export interface Decided<Result> {
  readonly writes: Writes;
  readonly result: Result;
}

/** So many, after the cursor; the cursor is the store's own and opaque to callers. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string;
}

export interface StorePage<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  /** What a list of more than one account leaves out, since it cannot be read; left out where there is none. */
  readonly unreadable?: readonly UnreadableRow[];
}

/** A row that cannot be read. */
export interface UnreadableRow {
  /** Null where it belongs to none, or where its account stands in what cannot be read. */
  readonly accountId: string | null;
  readonly id: string;
  /** Names what kind of row it is. */
  readonly reason: string;
}

export interface TaskFilter {
  /** Every account where it is left out. */
  readonly accountId?: string;
  readonly status?: TaskStatus;
  readonly agentId?: string;
  readonly memberId?: string;
  /** Made at or after. */
  readonly fromMs?: number;
  /** Made before. */
  readonly toMs?: number;
}

export interface CellQuery {
  readonly accountId: string;
  readonly metric: string;
  /** '' for totals. */
  readonly dimension: string;
  /** Days since 1970-01-01, inclusive. */
  readonly fromDay: number;
  /** Exclusive. */
  readonly toDay: number;
}

/** The use of one member, of each hour, or of one member in each hour; see `domain/usage/day-parts`. */
export interface DayPartQuery extends CellQuery {
  /** Everybody's where it is left out; then `by` is `hour`. */
  readonly memberId?: string;
  readonly by: 'day' | 'hour';
}

/** So much of a metric for one value, on a day or in an hour of it. */
export interface DayPartCell {
  readonly day: number;
  /** Counted from the start of the local day; null for the whole day. */
  readonly hour: number | null;
  readonly value: string;
  readonly quantity: Micros;
}

export interface UsageQuery {
  readonly accountId: string;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
}

export interface CountedUseQuery extends UsageQuery {
  /** A metric id, or `credits`. */
  readonly metric: string;
}

/** Accounts in which something has fallen due. */
export interface DueQuery {
  /** Those on this test clock; null for those on the system's. */
  readonly clockId: string | null;
  readonly nowMs: number;
}

/** Stands for the system's clock where test clocks have their ids; no test clock has it. */
export const systemClockId = '$system';

/** Lists the notices of one account, or of every account if none is named; all notices if `isDead` is left out. */
export interface NoticeFilter {
  readonly accountId?: string;
  /** Only notices with a delivery that was given up. */
  readonly isDead?: true;
}

/** What one slice of an erasure did. */
export interface ErasedSlice {
  readonly rows: readonly ErasedRows[];
  /** Where the next slice begins; null where that was the last. */
  readonly next: string | null;
}

/**
 * What is kept for a time and then forgotten. `answers`: since when they were kept; `notices`: with which nothing is to be done any
 * more, since they were made; `audit`: since the change; `keys` and `pairings`: since they ended.
 */
export type ForgottenNoun = 'answers' | 'notices' | 'audit' | 'keys' | 'pairings';

/** What a store reports about itself, for an operator; see `DoctorFinding`. */
export type StoreFinding = Readonly<DoctorFinding>;

/** Ids of accounts that changed; `all` where any may have, since what other processes told was lost. */
export type ChangedAccounts = readonly string[] | 'all';

/**
 * Something acknowledged that the tables could not take, kept as it was so that nothing of it is lost and everything else goes
 * on. It is for a person to look at.
 */
export interface SetAside {
  /** Grows with each. */
  readonly id: number;
  /** Null where it cannot even be told whose it is. */
  readonly accountId: string | null;
  /** The kind of thing: `rollup cell`, `entry`, `journal row` and the like. */
  readonly noun: string;
  /** Why, in words for people. */
  readonly reason: string;
  /** As it was to be written. */
  readonly body: string;
  readonly setAsideAtMs: number;
}

/**
 * Where everything is kept. One suite runs on every implementation.
 *
 * A write is atomic, durable once its promise resolves, and exclusive by account: between the load of its accounts
 * and its commit nobody else changes them. Reads see every write that resolved before they began.
 */
export interface Store {
  /** How many writes gain from being under way at the same time; 1 where one has the store to itself. */
  readonly writesUnderWayMax: number;

  /**
   * Loads and locks the needed rows (accounts in the order of their ids), or proves at the commit that they are as known; calls
   * `decide`; writes everything in one transaction. `decide` is synchronous and may be called again if another write came first
   * or the database aborted the transaction, so it must have no side effects. If it throws, nothing is written and the error is
   * passed on.
   * @throws AccountsBusyError when an account is locked elsewhere for longer than a moment; StoreUnavailableError when the
   * store failed; nothing was written. Any other error is a row or a value that the store cannot take, or a mistake in the program, and
   * comes before anything is written.
   */
  write<Result>(needs: Needs, decide: (loaded: Loaded) => Decided<Result>): Promise<Result>;

  readAccount(accountId: string): Promise<AccountState | undefined>;
  /** By id, ascending. Accounts that cannot be read are left out. */
  listAccounts(page: PageRequest): Promise<StorePage<AccountState>>;
  /** By id, ascending, including the ids of accounts that cannot be read. */
  listAccountIds(page: PageRequest): Promise<StorePage<string>>;
  /**
   * Ids of accounts in which something has fallen due, the earliest first. A page reads an index; it may hold fewer items
   * than asked for and still have a next page. What was written in the last moments may come with a later call.
   */
  listDue(query: DueQuery, page: PageRequest): Promise<StorePage<string>>;
  readMember(accountId: string, memberId: string): Promise<MemberRecord | undefined>;
  /** By id, ascending. */
  listMembers(accountId: string, page: PageRequest): Promise<StorePage<MemberRecord>>;

  /** Newest first, by `seq`. */
  listEntries(accountId: string, page: PageRequest): Promise<StorePage<LedgerRecord>>;
  readEntry(accountId: string, entryId: string): Promise<LedgerRecord | undefined>;

  /**
   * Newest first, by `createdAtMs` and id. The cost of a page does not grow with the number of tasks. Tasks that cannot
   * be read are left out.
   */
  listTasks(filter: TaskFilter, page: PageRequest): Promise<StorePage<TaskRecord>>;
  readTask(accountId: string, taskId: string): Promise<TaskRecord | undefined>;
  /** Newest first. */
  listHolds(accountId: string, page: PageRequest): Promise<StorePage<HoldRecord>>;
  readHold(accountId: string, holdId: string): Promise<HoldRecord | undefined>;

  readPurchase(accountId: string, purchaseId: string): Promise<PurchaseRecord | undefined>;
  /** Purchases of every account that are `ordered`, oldest first: what a crash left between order and payment. */
  listOrderedPurchases(page: PageRequest): Promise<StorePage<PurchaseRecord>>;
  readInvoice(accountId: string, invoiceId: string): Promise<InvoiceRecord | undefined>;
  /** Invoices and credit notes, newest first, by `createdAtMs` and id. */
  listInvoices(accountId: string, page: PageRequest): Promise<StorePage<InvoiceRecord>>;
  readCharge(accountId: string, chargeId: string): Promise<ChargeRecord | undefined>;
  /** Newest first, by `createdAtMs` and id. */
  listCharges(accountId: string, page: PageRequest): Promise<StorePage<ChargeRecord>>;
  /**
   * Charges of every account that wait for the provider (`isWaiting`), oldest first: ordered charges, settling ones, and those
   * with an ordered refund.
   */
  listWaitingCharges(page: PageRequest): Promise<StorePage<ChargeRecord>>;
  readNotice(accountId: string, noticeId: string): Promise<NoticeRecord | undefined>;
  /** Newest first, by `createdAtMs` and id. Those that cannot be read are left out. */
  listNotices(filter: NoticeFilter, page: PageRequest): Promise<StorePage<NoticeRecord>>;
  /** Notices of every account with which something is to be done by then, the longest due first. */
  listDueNotices(nowMs: number, page: PageRequest): Promise<StorePage<NoticeRecord>>;
  /** Newest first, by `atMs` and id. */
  listActivity(accountId: string, page: PageRequest): Promise<StorePage<ActivityRecord>>;

  /** Rollup cells in no particular order, one a day and value. */
  readCells(query: CellQuery): Promise<readonly UsageCell[]>;
  /**
   * The same of parts of days, by any dimension but '' and those that the part settles: a part has no total. Null until every use that
   * an earlier version stored is in its parts, which `sweepStored` does.
   */
  readDayParts(query: DayPartQuery): Promise<readonly DayPartCell[] | null>;
  /** How many uses a span has, counted up to so many. */
  countUsage(query: UsageQuery, max: number): Promise<number>;
  /** Raw records by time, oldest first. */
  listUsage(query: UsageQuery, page: PageRequest): Promise<StorePage<UsageRecord>>;
  /**
   * The same records, with as much of them as tells what they counted of one metric: charge and lines only of credits, counts only of
   * other metrics. That is quicker to read by far.
   */
  listCountedUses(query: CountedUseQuery, page: PageRequest): Promise<StorePage<CountedUse>>;
  readUsage(accountId: string, usageId: string): Promise<UsageRecord | undefined>;

  putKey(key: KeyRecord): Promise<void>;
  findKeyByHash(secretHash: string): Promise<KeyRecord | undefined>;
  readKey(keyId: string): Promise<KeyRecord | undefined>;
  listKeys(page: PageRequest): Promise<StorePage<KeyRecord>>;
  /** Keys of one account, of all its members or of one, by id, ascending. */
  listAccountKeys(owner: KeyOwner, page: PageRequest): Promise<StorePage<KeyRecord>>;
  /** False where there was none. */
  deleteKey(keyId: string): Promise<boolean>;

  /**
   * Stores a pairing if the stored one has the revision before it, or if it is new. False if somebody else changed it in the
   * meantime or its code is taken; then nothing is written.
   */
  putPairing(pairing: PairingRecord): Promise<boolean>;
  findPairing(by: PairingCode): Promise<PairingRecord | undefined>;
  /** True for exactly one caller, whichever process it is in. */
  deletePairing(pairingId: string): Promise<boolean>;
  putWebhookEndpoint(endpoint: WebhookEndpointRecord): Promise<void>;
  readWebhookEndpoint(endpointId: string): Promise<WebhookEndpointRecord | undefined>;
  /** By id, ascending. */
  listWebhookEndpoints(page: PageRequest): Promise<StorePage<WebhookEndpointRecord>>;
  /** False where there was none. */
  deleteWebhookEndpoint(endpointId: string): Promise<boolean>;

  /** Adds a version after the last one and returns it; the same config as the last one adds nothing. */
  putCatalog(config: CatalogConfig, nowMs: number): Promise<CatalogRecord>;
  /** The latest where no version is named. */
  readCatalog(version?: number): Promise<CatalogRecord | undefined>;

  putClock(clock: ClockRecord): Promise<void>;
  readClock(clockId: string): Promise<ClockRecord | undefined>;

  /** A random secret of the installation's, such as the one that signs tokens: made once, the same for every process. */
  readSecret(name: string, create: () => string): Promise<string>;

  /** Puts another secret in the place of one, and tells every process that what it knew of keys and secrets may be over. */
  putSecret(name: string, value: string): Promise<void>;

  /** Adds a record, or puts it in the place of the one with its id. */
  putAudit(record: AuditRecord): Promise<void>;
  readAudit(auditId: string): Promise<AuditRecord | undefined>;
  /** Newest first, by id. */
  listAudit(page: PageRequest): Promise<StorePage<AuditRecord>>;

  /** Adds a record, or puts it in the place of the one with its id. */
  putErasure(record: ErasureRecord): Promise<void>;
  readErasure(erasureId: string): Promise<ErasureRecord | undefined>;
  findErasure(requestHash: string): Promise<ErasureRecord | undefined>;
  /** By id, ascending; only those that are under way where that is asked for. */
  listErasures(filter: { readonly isUnderWay?: true }, page: PageRequest): Promise<StorePage<ErasureRecord>>;
  deleteErasure(erasureId: string): Promise<void>;

  /**
   * Replaces in some rows of the account what the eraser knows of; the account bears the mark of the erasure, so that nothing is
   * added meanwhile that would have to be replaced again. Rows of an account that is erased as a whole move to its pseudonym. A
   * slice takes a few milliseconds, and one that was done is done for good.
   * @param after Where the slice before ended; null for the first one.
   */
  eraseSlice(accountId: string, eraser: Eraser, after: string | null): Promise<ErasedSlice>;
  /**
   * Forgets pairings that a member has decided on, or all members of the account where none is named. Returns how many.
   */
  forgetPairingsOf(owner: KeyOwner): Promise<number>;
  /** Replaces an account by its erased state, once all its rows have moved to the pseudonym. Both in one write. */
  moveErasedAccount(accountId: string, erased: AccountState): Promise<void>;
  /** Writes over what was replaced and removed, as far as the store can do it while it serves. */
  overwriteErased(): Promise<ErasedTraces>;

  /**
   * Tells the ids of keys that were revoked, whichever process revoked them; null where those are not known, since what other
   * processes told was lost, or where a secret was put.  Returns the way to stop.
   */
  subscribeToRevocations(listener: (keyId: string | null) => void): () => void;

  /** The database's own clock; null where it has none but the machine's. */
  readClockMs(): Promise<number | null>;

  /** Writes something of no meaning. @throws StoreUnavailableError where nothing can be written at the moment. */
  probe(): Promise<void>;

  /** Present values by name, for gauges: rows to fold, connections and the like. */
  stats(): Readonly<Record<string, number>>;

  /** Findings for an operator: formats, files, durability of answers. Each check has a finding, also if all is well. */
  inspect(): Promise<readonly StoreFinding[]>;

  /** The changes that could not be applied, newest first. */
  listSetAside(page: PageRequest): Promise<StorePage<SetAside>>;

  /**
   * Takes the named lease, which one of all processes on the database holds at a time; false if another holder has it. The lease
   * ends after the given time; a holder that asks again before then keeps it.
   */
  takeLease(name: LeaseName, holder: string, forMs: number): Promise<boolean>;

  /**
   * Brings some of what earlier versions stored to the newest format; false where nothing is left. It takes a few milliseconds, and
   * what one process did another does not do again.
   */
  sweepStored(): Promise<boolean>;

  /** Forgets what is from before the instant, oldest first and at most `limit`; returns how many. See `ForgottenNoun`. */
  forgetOld(noun: ForgottenNoun, beforeMs: number, limit: number): Promise<number>;
  /** Whether there is something from before the instant that `forgetOld` would forget. */
  hasOlder(noun: ForgottenNoun, beforeMs: number): Promise<boolean>;

  /** Tells which accounts changed, whichever process changed them. Returns the way to stop. */
  subscribe(listener: (changed: ChangedAccounts) => void): () => void;

  /**
   * Writes a copy of everything, as of one moment after the call, to a new file, while others go on writing. Null if the database
   * has its own tools for this.
   * @throws StoreUnavailableError
   */
  readonly copyTo: ((file: string) => Promise<void>) | null;

  /** Finishes running work and releases files and connections. */
  close(): Promise<void>;
}
