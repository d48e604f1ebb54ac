import { realpathSync } from 'node:fs';
import { backup, type DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import type { ActivityRecord } from '../../domain/activity/state.ts';
import type { LedgerRecord } from '../../domain/credits/state.ts';
import type { Eraser } from '../../domain/erasure/eraser.ts';
import type { HoldRecord } from '../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import type { NoticeRecord } from '../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { AccountState } from '../../domain/state.ts';
import type { TaskRecord } from '../../domain/tasks/state.ts';
import type { UsageCell, UsageRecord } from '../../domain/usage/state.ts';
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
} from '../installation-records.ts';
import { assertWritable } from '../parts/assert-writable.ts';
import { ChangeListeners } from '../parts/change-listeners.ts';
import { dueOf, isDue } from '../parts/due.ts';
import { pageInSlices } from '../parts/page-of.ts';
import { Sweep } from '../parts/sweep.ts';
import type {
  CellQuery,
  ChangedAccounts,
  Decided,
  DueQuery,
  ErasedSlice,
  ForgottenNoun,
  Loaded,
  Needs,
  NoticeFilter,
  PageRequest,
  SetAside,
  Store,
  StoreFinding,
  StorePage,
  TaskFilter,
  UsageQuery,
} from '../store.ts';
import { StoreUnavailableError } from '../store-errors.ts';
import { CurrentRows } from './current-rows.ts';
import { FoldedReads, type IndexedDue } from './folded-reads.ts';
import { inspectFile } from './inspect-file.ts';
import { InstallationTables } from './installation-tables.ts';
import { changesByAccount } from './journal/account-changes.ts';
import { type Disk, DiskSync } from './journal/disk-sync.ts';
import { FoldSchedule, type FoldScheduleOptions } from './journal/fold-schedule.ts';
import { Journal } from './journal/journal.ts';
import type { TablePart, Unfolded } from './journal/unfolded.ts';
import { makePrivate, openDatabase } from './open-database.ts';
import { SqliteErasure } from './sqlite-erasure.ts';
import { isSqliteError } from './sqlite-error.ts';
import { SqliteSweep } from './sqlite-sweep.ts';

export interface SqliteStoreOptions extends FoldScheduleOptions {
  /** Path of the database file; it is made if it does not exist. The `-wal` file with the same name belongs to it. */
  readonly file: string;
  /** Whether tables of an older version may be brought up to date. True by default. */
  readonly mayUpgrade?: boolean;
  /** Accounts whose state is kept in memory after use; at least so many, at most twice. 10,000 by default. */
  readonly accountsCached?: number;
  /** Makes the file's writes durable; for tests of a failing disk. `fdatasync` by default. */
  readonly disk?: Disk;
}

/**
 * A store in one file, for one server process. A write is durable when it resolves: it was fsynced.
 * @throws StoreOpenError when the file is no database of this version's, or another process holds it.
 */
export function createSqliteStore(options: SqliteStoreOptions): Store {
  return new SqliteStore(openDatabase(options.file, { mayUpgrade: options.mayUpgrade ?? true }), options);
}

/** While they are copied, a commit waits: about a millisecond. */
const pagesCopiedAtOnce = 100;

class SqliteStore implements Store {
  /** One is decided while the disk takes the one before. */
  readonly writesUnderWayMax = 2;
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #journal: Journal;
  readonly #unfolded: Unfolded;
  readonly #reads: FoldedReads;
  readonly #installation: InstallationTables;
  readonly #sweep: Sweep;
  readonly #erasure: SqliteErasure;
  readonly #folding: FoldSchedule;
  /** None where the database has no file. */
  readonly #disk: DiskSync | undefined;
  readonly #rows: CurrentRows;
  readonly #listeners = new ChangeListeners<ChangedAccounts>();
  readonly #revocations = new ChangeListeners<string | null>();
  readonly #copying = new Set<Promise<unknown>>();
  readonly #recovery: Promise<void>;
  #isRecovered = false;
  #isClosing = false;

  constructor(database: DatabaseSync, options: SqliteStoreOptions) {
    this.#database = database;
    this.#file = options.file;
    if (options.file !== ':memory:') {
      // SQLite would keep everything else waiting for the disk at each commit. It still waits where it puts the log into the file.
      database.exec('PRAGMA synchronous = NORMAL');
      this.#disk = new DiskSync(`${realpathSync(options.file)}-wal`, options.disk);
    }
    this.#journal = new Journal(database);
    this.#unfolded = this.#journal.unfolded;
    this.#reads = new FoldedReads(database);
    this.#installation = new InstallationTables(database);
    this.#folding = new FoldSchedule(this.#journal, options);
    this.#sweep = new Sweep(new SqliteSweep(database, this.#journal));
    this.#erasure = new SqliteErasure(database, this.#journal);
    this.#rows = new CurrentRows(this.#journal, this.#reads, options.accountsCached ?? 10_000);
    this.#recovery = this.#recover();
    // Whoever needs it gets the error.
    this.#recovery.catch(() => undefined);
  }

  /** Recovers the journal of a crash in slices, between which the process serves. Requests that need an account wait. */
  async #recover(): Promise<void> {
    for (const _slice of this.#journal.recoverInSlices()) await nextTurn();
    this.#isRecovered = true;
    this.#folding.start();
  }

  async write<Result>(needs: Needs, decide: (loaded: Loaded) => Decided<Result>): Promise<Result> {
    if (!this.#isRecovered) await this.#recovery;
    const loaded = this.#attempt(() => this.#rows.load(needs, this.#installation.catalogVersion));
    const { writes, result } = decide(loaded);
    assertWritable(writes, loaded);
    const changes = changesByAccount(writes, loaded);
    if (changes.size === 0) return result;
    this.#attempt(() => this.#journal.commit(changes));
    this.#rows.keep(writes.accounts ?? []);
    const durable = this.#durable(isLone(needs));
    this.#folding.afterCommit();
    await durable;
    this.#listeners.tell([...changes.keys()]);
    return result;
  }

  async readAccount(accountId: string): Promise<AccountState | undefined> {
    if (!this.#isRecovered) await this.#recovery;
    return this.#attempt(() => this.#rows.account(accountId));
  }

  async listAccounts(page: PageRequest): Promise<StorePage<AccountState>> {
    return this.#listPart('accounts', page, (slice) => this.#reads.accounts(slice));
  }

  async listAccountIds(page: PageRequest): Promise<StorePage<string>> {
    return this.#readPart('accounts', () => this.#reads.accountIds(page));
  }

  async listDue(query: DueQuery, page: PageRequest): Promise<StorePage<string>> {
    if (!this.#isRecovered) await this.#recovery;
    return this.#attempt(() => {
      const { rows, nextCursor } = this.#reads.due(query, page);
      const due: string[] = [];
      for (const row of rows) {
        const actual = this.#actualDue(row);
        if (actual === null || isDue(actual, query)) due.push(row.accountId);
        else this.#journal.putDue(row.accountId, actual);
      }
      return { items: due, nextCursor };
    });
  }

  /** The index is as old as the last fold of the account. */
  #actualDue({ accountId, actual }: IndexedDue): IndexedDue['actual'] {
    const waiting = this.#unfolded.accounts.get(accountId)?.changes.state;
    if (waiting === undefined) return actual;
    return dueOf(waiting);
  }

  async readMember(accountId: string, memberId: string): Promise<MemberRecord | undefined> {
    if (!this.#isRecovered) await this.#recovery;
    return this.#attempt(() => this.#rows.member(accountId, memberId));
  }

  async listMembers(accountId: string, page: PageRequest): Promise<StorePage<MemberRecord>> {
    return this.#listFolded(accountId, page, (slice) => this.#reads.members(accountId, slice));
  }

  async listEntries(accountId: string, page: PageRequest): Promise<StorePage<LedgerRecord>> {
    return this.#listFolded(accountId, page, (slice) => this.#reads.entries(accountId, slice));
  }

  async readEntry(accountId: string, id: string): Promise<LedgerRecord | undefined> {
    return this.#readFolded(accountId, () => this.#reads.entry({ accountId, id }));
  }

  async listTasks(filter: TaskFilter, page: PageRequest): Promise<StorePage<TaskRecord>> {
    const { accountId } = filter;
    if (accountId !== undefined)
      return this.#listFolded(accountId, page, (slice) => this.#reads.tasks(filter, slice));
    return this.#listPart('tasks', page, (slice) => this.#reads.tasks(filter, slice));
  }

  async readTask(accountId: string, taskId: string): Promise<TaskRecord | undefined> {
    if (!this.#isRecovered) await this.#recovery;
    return this.#attempt(() => this.#rows.task(accountId, taskId));
  }

  async listHolds(accountId: string, page: PageRequest): Promise<StorePage<HoldRecord>> {
    return this.#listFolded(accountId, page, (slice) => this.#reads.holds(accountId, slice));
  }

  async readHold(accountId: string, holdId: string): Promise<HoldRecord | undefined> {
    if (!this.#isRecovered) await this.#recovery;
    return this.#attempt(() => this.#rows.hold(accountId, holdId));
  }

  async readPurchase(accountId: string, purchaseId: string): Promise<PurchaseRecord | undefined> {
    if (!this.#isRecovered) await this.#recovery;
    return this.#attempt(() => this.#rows.purchase(accountId, purchaseId));
  }

  async listOrderedPurchases(page: PageRequest): Promise<StorePage<PurchaseRecord>> {
    return this.#listPart('purchases', page, (slice) => this.#reads.orderedPurchases(slice));
  }

  async readInvoice(accountId: string, invoiceId: string): Promise<InvoiceRecord | undefined> {
    if (!this.#isRecovered) await this.#recovery;
    return this.#attempt(() => this.#rows.invoice(accountId, invoiceId));
  }

  async listInvoices(accountId: string, page: PageRequest): Promise<StorePage<InvoiceRecord>> {
    return this.#listFolded(accountId, page, (slice) => this.#reads.invoices(accountId, slice));
  }

  async readCharge(accountId: string, chargeId: string): Promise<ChargeRecord | undefined> {
    if (!this.#isRecovered) await this.#recovery;
    return this.#attempt(() => this.#rows.charge(accountId, chargeId));
  }

  async listCharges(accountId: string, page: PageRequest): Promise<StorePage<ChargeRecord>> {
    return this.#listFolded(accountId, page, (slice) => this.#reads.charges(accountId, slice));
  }

  async listWaitingCharges(page: PageRequest): Promise<StorePage<ChargeRecord>> {
    return this.#listPart('charges', page, (slice) => this.#reads.waitingCharges(slice));
  }

  async readNotice(accountId: string, noticeId: string): Promise<NoticeRecord | undefined> {
    return this.#attempt(() => this.#rows.notice(accountId, noticeId));
  }

  async listNotices(filter: NoticeFilter, page: PageRequest): Promise<StorePage<NoticeRecord>> {
    const { accountId } = filter;
    if (accountId !== undefined)
      return this.#listFolded(accountId, page, (slice) => this.#reads.notices(filter, slice));
    return this.#listPart('notices', page, (slice) => this.#reads.notices(filter, slice));
  }

  async listDueNotices(nowMs: number, page: PageRequest): Promise<StorePage<NoticeRecord>> {
    return this.#listPart('notices', page, (slice) => this.#reads.dueNotices(nowMs, slice));
  }

  async listActivity(accountId: string, page: PageRequest): Promise<StorePage<ActivityRecord>> {
    return this.#listFolded(accountId, page, (slice) => this.#reads.activity(accountId, slice));
  }

  async readCells(query: CellQuery): Promise<readonly UsageCell[]> {
    return this.#readFolded(query.accountId, () => this.#reads.cells(query));
  }

  async listUsage(query: UsageQuery, page: PageRequest): Promise<StorePage<UsageRecord>> {
    return this.#listFolded(query.accountId, page, (slice) => this.#reads.usage(query, slice));
  }

  async readUsage(accountId: string, id: string): Promise<UsageRecord | undefined> {
    return this.#readFolded(accountId, () => this.#reads.usageRecord({ accountId, id }));
  }

  async putKey(key: KeyRecord): Promise<void> {
    await this.#commit(() => this.#installation.putKey(key));
  }

  async findKeyByHash(secretHash: string): Promise<KeyRecord | undefined> {
    return this.#attempt(() => this.#installation.keyByHash(secretHash));
  }

  async readKey(keyId: string): Promise<KeyRecord | undefined> {
    return this.#attempt(() => this.#installation.key(keyId));
  }

  async listKeys(page: PageRequest): Promise<StorePage<KeyRecord>> {
    return this.#attempt(() => this.#installation.keys(page));
  }

  async listAccountKeys(owner: KeyOwner, page: PageRequest): Promise<StorePage<KeyRecord>> {
    return this.#attempt(() => this.#installation.accountKeys(owner, page));
  }

  async putPairing(pairing: PairingRecord): Promise<boolean> {
    return this.#commit(() => this.#installation.putPairing(pairing));
  }

  async findPairing(by: PairingCode): Promise<PairingRecord | undefined> {
    return this.#attempt(() => this.#installation.pairing(by));
  }

  async deletePairing(pairingId: string): Promise<boolean> {
    return this.#commit(() => this.#installation.deletePairing(pairingId));
  }

  async deleteKey(keyId: string): Promise<boolean> {
    const isDeleted = await this.#commit(() => this.#installation.deleteKey(keyId));
    if (isDeleted) this.#revocations.tell(keyId);
    return isDeleted;
  }

  async putWebhookEndpoint(endpoint: WebhookEndpointRecord): Promise<void> {
    this.#attempt(() => this.#installation.putWebhookEndpoint(endpoint));
  }

  async readWebhookEndpoint(endpointId: string): Promise<WebhookEndpointRecord | undefined> {
    return this.#attempt(() => this.#installation.webhookEndpoint(endpointId));
  }

  async listWebhookEndpoints(page: PageRequest): Promise<StorePage<WebhookEndpointRecord>> {
    return this.#attempt(() => this.#installation.webhookEndpoints(page));
  }

  async deleteWebhookEndpoint(endpointId: string): Promise<boolean> {
    return this.#attempt(() => this.#installation.deleteWebhookEndpoint(endpointId));
  }

  async putCatalog(config: CatalogConfig, nowMs: number): Promise<CatalogRecord> {
    return this.#commit(() => this.#installation.putCatalog(config, nowMs));
  }

  async readCatalog(version?: number): Promise<CatalogRecord | undefined> {
    return this.#attempt(() => this.#installation.catalog(version));
  }

  async putClock(clock: ClockRecord): Promise<void> {
    await this.#commit(() => this.#installation.putClock(clock));
  }

  async readClock(clockId: string): Promise<ClockRecord | undefined> {
    return this.#attempt(() => this.#installation.clock(clockId));
  }

  async readSecret(name: string, create: () => string): Promise<string> {
    return this.#commit(() => this.#installation.secret(name, create));
  }

  async putSecret(name: string, value: string): Promise<void> {
    await this.#commit(() => this.#installation.putSecret(name, value));
    this.#revocations.tell(null);
  }

  async putAudit(record: AuditRecord): Promise<void> {
    await this.#commit(() => this.#installation.putAudit(record));
  }

  async readAudit(auditId: string): Promise<AuditRecord | undefined> {
    return this.#attempt(() => this.#installation.auditRecord(auditId));
  }

  async listAudit(page: PageRequest): Promise<StorePage<AuditRecord>> {
    return this.#attempt(() => this.#installation.audit(page));
  }

  async putErasure(record: ErasureRecord): Promise<void> {
    await this.#commit(() => this.#installation.putErasure(record));
  }

  async readErasure(erasureId: string): Promise<ErasureRecord | undefined> {
    return this.#attempt(() => this.#installation.erasure(erasureId));
  }

  async findErasure(requestHash: string): Promise<ErasureRecord | undefined> {
    return this.#attempt(() => this.#installation.erasureByRequest(requestHash));
  }

  async listErasures(
    filter: { readonly isUnderWay?: true },
    page: PageRequest,
  ): Promise<StorePage<ErasureRecord>> {
    return this.#attempt(() => this.#installation.erasures(filter, page));
  }

  async deleteErasure(erasureId: string): Promise<void> {
    await this.#commit(() => this.#installation.deleteErasure(erasureId));
  }

  async eraseSlice(accountId: string, eraser: Eraser, after: string | null): Promise<ErasedSlice> {
    if (!this.#isRecovered) await this.#recovery;
    // What was written before the mark names people still, wherever it waits.
    if (after === null) await this.#folding.foldAll();
    return this.#commit(() => this.#erasure.slice(accountId, eraser, after));
  }

  async forgetPairingsOf(owner: KeyOwner): Promise<number> {
    return this.#commit(() => this.#installation.forgetPairingsOf(owner));
  }

  async moveErasedAccount(accountId: string, erased: AccountState): Promise<void> {
    if (!this.#isRecovered) await this.#recovery;
    await this.#folding.foldAll();
    await this.#commit(() => {
      this.#erasure.moveAccount(accountId, erased);
      this.#rows.forget(accountId);
    });
    this.#listeners.tell([accountId, erased.profile.id]);
  }

  /** A copy that is under way would be of two states, so it ends first. */
  async overwriteErased(): Promise<ErasedTraces> {
    if (!this.#isRecovered) await this.#recovery;
    do {
      await Promise.allSettled([...this.#copying]);
      await this.#folding.foldAll();
    } while (this.#copying.size > 0);
    return this.#attempt(() => this.#erasure.overwrite());
  }

  async readClockMs(): Promise<null> {
    return null;
  }

  async inspect(): Promise<readonly StoreFinding[]> {
    if (!this.#isRecovered) await this.#recovery;
    return this.#attempt(() => [...inspectFile(this.#database, this.#file), this.#folding.finding]);
  }

  async probe(): Promise<void> {
    await this.#commit(() => this.#installation.probe());
  }

  stats(): Readonly<Record<string, number>> {
    const { accounts, characters, answerCount } = this.#unfolded;
    return {
      journal_characters: characters,
      journal_accounts: accounts.size,
      journal_answers: answerCount,
      ...this.#folding.stats,
    };
  }

  async listSetAside(page: PageRequest): Promise<StorePage<SetAside>> {
    return this.#attempt(() => this.#journal.setAside.list(page));
  }

  /** No other process is on the file. */
  async takeLease(): Promise<boolean> {
    return true;
  }

  async sweepStored(): Promise<boolean> {
    if (!this.#isRecovered) await this.#recovery;
    this.#assertOpen();
    try {
      return await this.#sweep.slice();
    } catch (error) {
      throw failed(error);
    }
  }

  async forgetOld(noun: ForgottenNoun, beforeMs: number, limit: number): Promise<number> {
    if (!this.#isRecovered) await this.#recovery;
    return this.#attempt(() =>
      noun === 'answers'
        ? this.#journal.forgetAnswers(beforeMs, limit)
        : this.#installation.forgetOld(noun, beforeMs, limit),
    );
  }

  async hasOlder(noun: ForgottenNoun, beforeMs: number): Promise<boolean> {
    if (!this.#isRecovered) await this.#recovery;
    return this.#attempt(() =>
      noun === 'answers'
        ? this.#journal.answers.hasOlder(beforeMs)
        : this.#installation.hasOlder(noun, beforeMs),
    );
  }

  subscribe(listener: (changed: ChangedAccounts) => void): () => void {
    return this.#listeners.add(listener);
  }

  subscribeToRevocations(listener: (keyId: string | null) => void): () => void {
    return this.#revocations.add(listener);
  }

  /**
   * Uses this connection, since the file is locked for others; commits during the copy are copied too. The copy is made off this
   * thread, a number of pages at a time.
   */
  readonly copyTo = async (file: string): Promise<void> => {
    if (!this.#isRecovered) await this.#recovery;
    this.#assertOpen();
    makePrivate(file);
    const copying = backup(this.#database, file, { rate: pagesCopiedAtOnce });
    this.#copying.add(copying);
    try {
      await copying;
    } catch (cause) {
      throw new StoreUnavailableError('The database could not be copied.', { cause });
    } finally {
      this.#copying.delete(copying);
    }
  };

  async close(): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    await Promise.allSettled([this.#recovery, ...this.#copying]);
    this.#folding.stop();
    // Folds in slices, so that callers learn at once that the store is closed. If a failing disk stops the folds, the journal
    // still has everything.
    if (this.#disk?.failure === undefined)
      for (const _slice of this.#journal.foldInSlices()) await nextTurn();
    await this.#disk?.close();
    this.#database.close();
  }

  /** A read of tables by account, which are brought up to date before it, in slices where there is much to fold. */
  async #readFolded<Value>(accountId: string, read: () => Value): Promise<Value> {
    if (!this.#isRecovered) await this.#recovery;
    while (this.#attempt(() => this.#journal.foldSome(accountId))) await nextTurn();
    return this.#attempt(() => {
      this.#journal.foldAccount(accountId);
      return read();
    });
  }

  /** A read over all accounts, after what they have of it was folded, in slices between which others get their turn. */
  async #readPart<Value>(part: TablePart, read: () => Value): Promise<Value> {
    if (!this.#isRecovered) await this.#recovery;
    // Writes that come later need not be in it; otherwise it would never end under load.
    const ids = this.#unfolded.stale[part];
    for (let left = ids.size; Math.min(left, ids.size) > 0; ) {
      left -= this.#attempt(() => this.#journal.foldPart(part));
      if (Math.min(left, ids.size) > 0) await nextTurn();
    }
    return this.#attempt(read);
  }

  /** A page of such a read, a slice at a time. */
  #listFolded<Item>(
    accountId: string,
    page: PageRequest,
    read: (slice: PageRequest) => StorePage<Item>,
  ): Promise<StorePage<Item>> {
    return pageInSlices(page, nextTurn, (slice) => this.#readFolded(accountId, () => read(slice)));
  }

  /** A page of a read over all accounts, a slice at a time. */
  #listPart<Item>(
    part: TablePart,
    page: PageRequest,
    read: (slice: PageRequest) => StorePage<Item>,
  ): Promise<StorePage<Item>> {
    return pageInSlices(page, nextTurn, (slice) => this.#readPart(part, () => read(slice)));
  }

  /** Resolves when all that was written so far is on the disk. */
  async #durable(isAlone = false): Promise<void> {
    try {
      await this.#disk?.flush(isAlone);
    } catch (cause) {
      throw diskFailed(cause);
    }
  }

  /** Writes without the journal; when it returns, the write is on the disk. */
  async #commit<Value>(write: () => Value): Promise<Value> {
    const value = this.#attempt(write);
    await this.#durable();
    return value;
  }

  #attempt<Value>(action: () => Value): Value {
    this.#assertOpen();
    try {
      return action();
    } catch (error) {
      throw failed(error);
    }
  }

  #assertOpen(): void {
    if (this.#isClosing) throw new StoreUnavailableError('The store is closed.');
    const failure = this.#disk?.failure;
    if (failure !== undefined) throw diskFailed(failure);
  }
}

/** Whether it is what one command needs, and so nothing that others share: a batch asks for more accounts or more keys. */
function isLone({ accountIds, answers = [] }: Needs): boolean {
  return accountIds.length === 1 && answers.length <= 1;
}

function failed(error: unknown): unknown {
  if (!isSqliteError(error)) return error;
  return new StoreUnavailableError('The database file could not be read or written.', { cause: error });
}

/** Everything answered before is on the disk. The fate of later writes is unknown, so nothing is read or written any more. */
function diskFailed(cause: unknown): StoreUnavailableError {
  return new StoreUnavailableError(
    'The disk did not take a commit. Start the server again once the disk is well.',
    { cause },
  );
}
