import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Pool } from 'pg';
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
import type { CountedUse, UsageCell, UsageRecord } from '../../domain/usage/state.ts';
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
import { ChangeListeners } from '../parts/change-listeners.ts';
import { leanRowsReadAtOnce, pageInSlices } from '../parts/page-of.ts';
import { Sweep } from '../parts/sweep.ts';
import type {
  CellQuery,
  ChangedAccounts,
  CountedUseQuery,
  DayPartCell,
  DayPartQuery,
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
import { ReadOnlyError, StoreUnavailableError } from '../store-errors.ts';
import { StoreOpenError } from '../store-open-error.ts';
import { ChangeChannel, type Told } from './changes/change-channel.ts';
import { StandbyWatch } from './changes/standby-watch.ts';
import { allSettledOrThrow } from './commit/all-settled.ts';
import { BatchWriter, DecisionError } from './commit/batch-writer.ts';
import { CommitLine } from './commit/commit-line.ts';
import { createStamps } from './commit/stamps.ts';
import { placeOf } from './open/connection.ts';
import { openPool } from './open/open-pool.ts';
import { failed } from './open/postgres-error.ts';
import { InstallationTables } from './rows/installation-tables.ts';
import { TableReads } from './rows/table-reads.ts';
import { inspectServer } from './upkeep/inspect-server.ts';
import { PostgresErasure } from './upkeep/postgres-erasure.ts';
import { PostgresSweep } from './upkeep/postgres-sweep.ts';

/** Announced in place of a key's id when any known key may have been revoked. */
const everyKey = '*';

export interface PostgresStoreOptions {
  /** Whether tables of an older version may be brought up to date. True by default. */
  readonly mayUpgrade?: boolean;
  /** Whether tables are made where there are none. True by default. */
  readonly mayCreate?: boolean;
  /** Whether anything is written at all; a hot standby takes nothing. True by default. */
  readonly mayWrite?: boolean;
  /** `postgres://user:password@host:port/database`. */
  readonly url: string;
  /**
   * The schema that has the tables; it is made, and what an earlier version made elsewhere is moved to it. The first of the
   * `search_path` by default where the address sets one in its `options`, or else `usagekit`.
   */
  readonly schema?: string;
  /** Connections of this process, in addition to one that commits and one that hears of changes; 10 by default. */
  readonly connectionsMax?: number;
  /** Accounts whose state is kept in memory after use; at least so many, at most twice. 10,000 by default. */
  readonly accountsCached?: number;
}

/**
 * A store in a PostgreSQL database (15 or later), for one server process or several. A write is durable when it
 * resolves, as far as the database's `synchronous_commit` says so. When the connection breaks during a commit the
 * outcome is unknown to the caller; the same call with the same idempotency key finds out.
 * @throws StoreOpenError when it cannot be reached, or its tables are of a newer version.
 */
export async function createPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const place = placeOf(options.url, options.schema);
  const { mayWrite = true } = options;
  const pool = await openPool(place, options.connectionsMax ?? 10, {
    mayUpgrade: options.mayUpgrade ?? true,
    mayCreate: options.mayCreate ?? true,
    mayWrite,
  });
  // An idle connection that breaks leaves the pool by itself; without a listener it would end the process.
  pool.on('error', () => undefined);
  const listeners = new ChangeListeners<ChangedAccounts>();
  const revocations = new ChangeListeners<string | null>();
  const line = new CommitLine(place);
  const hear = ({ changed, revoked }: Told) => {
    for (const keyId of revoked) revocations.tell(keyId === everyKey ? null : keyId);
    if (changed === 'all') {
      writer.forgetAll();
      revocations.tell(null);
    } else writer.forget(changed);
    if (changed.length > 0) listeners.tell(changed);
  };
  const channel =
    !mayWrite && (await isStandby(pool)) ? new StandbyWatch(pool, hear) : new ChangeChannel(place, hear);
  const nextStamp = mayWrite ? await createStamps(pool) : noStamp;
  const writer = new BatchWriter({
    pool,
    line,
    nextStamp,
    accountsCached: options.accountsCached ?? 10_000,
    committed(accountIds) {
      if (accountIds.length > 0) listeners.tell(accountIds);
      channel.tell(accountIds);
    },
  });
  try {
    // Both are opened here, so that the first requests of a process are as fast as later ones.
    await Promise.all([channel.open(), mayWrite ? line.open() : undefined]);
  } catch (cause) {
    await Promise.all([line.close(), pool.end()]);
    throw new StoreOpenError('cannot_open', 'The PostgreSQL database does not let its changes be heard.', {
      cause,
    });
  }
  return new PostgresStore({ pool, writer, nextStamp, line, listeners, revocations, channel, mayWrite });
}

async function isStandby(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
  return rows[0]?.standby === true;
}

/** Every write has a stamp. */
function noStamp(): never {
  throw new ReadOnlyError('The database was opened to be read.');
}

interface Parts {
  readonly pool: Pool;
  readonly writer: BatchWriter;
  readonly nextStamp: () => string;
  readonly line: CommitLine;
  readonly listeners: ChangeListeners<ChangedAccounts>;
  readonly revocations: ChangeListeners<string | null>;
  readonly channel: ChangeChannel | StandbyWatch;
  readonly mayWrite: boolean;
}

class PostgresStore implements Store {
  /** One is decided while the one before is written. */
  readonly writesUnderWayMax = 2;
  readonly #parts: Parts;
  readonly #reads: TableReads;
  readonly #installation: InstallationTables;
  readonly #sweep: Sweep;
  readonly #erasure: PostgresErasure;
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#reads = new TableReads(parts.pool, parts.mayWrite);
    this.#installation = new InstallationTables(parts.pool);
    this.#sweep = new Sweep(new PostgresSweep(parts.pool));
    this.#erasure = new PostgresErasure(parts.pool, parts.nextStamp);
  }

  async write<Result>(needs: Needs, decide: (loaded: Loaded) => Decided<Result>): Promise<Result> {
    this.#assertOpen();
    try {
      return await this.#parts.writer.write(needs, decide);
    } catch (error) {
      throw error instanceof DecisionError ? error.cause : failed(error);
    }
  }

  readAccount(accountId: string): Promise<AccountState | undefined> {
    return this.#read(() => this.#reads.account(accountId));
  }

  listAccounts(page: PageRequest): Promise<StorePage<AccountState>> {
    return this.#list(page, (slice) => this.#reads.accounts(slice));
  }

  listAccountIds(page: PageRequest): Promise<StorePage<string>> {
    return this.#read(() => this.#reads.accountIds(page));
  }

  listDue(query: DueQuery, page: PageRequest): Promise<StorePage<string>> {
    return this.#read(() => this.#reads.due(query, page));
  }

  readMember(accountId: string, memberId: string): Promise<MemberRecord | undefined> {
    return this.#read(() => this.#reads.member(accountId, memberId));
  }

  listMembers(accountId: string, page: PageRequest): Promise<StorePage<MemberRecord>> {
    return this.#list(page, (slice) => this.#reads.members(accountId, slice));
  }

  listEntries(accountId: string, page: PageRequest): Promise<StorePage<LedgerRecord>> {
    return this.#list(page, (slice) => this.#reads.entries(accountId, slice));
  }

  readEntry(accountId: string, entryId: string): Promise<LedgerRecord | undefined> {
    return this.#read(() => this.#reads.entry(accountId, entryId));
  }

  listTasks(filter: TaskFilter, page: PageRequest): Promise<StorePage<TaskRecord>> {
    return this.#list(page, (slice) => this.#reads.tasks(filter, slice));
  }

  readTask(accountId: string, taskId: string): Promise<TaskRecord | undefined> {
    return this.#read(() => this.#reads.task(accountId, taskId));
  }

  listHolds(accountId: string, page: PageRequest): Promise<StorePage<HoldRecord>> {
    return this.#list(page, (slice) => this.#reads.holds(accountId, slice));
  }

  readHold(accountId: string, holdId: string): Promise<HoldRecord | undefined> {
    return this.#read(() => this.#reads.hold(accountId, holdId));
  }

  readPurchase(accountId: string, purchaseId: string): Promise<PurchaseRecord | undefined> {
    return this.#read(() => this.#reads.purchase(accountId, purchaseId));
  }

  listOrderedPurchases(page: PageRequest): Promise<StorePage<PurchaseRecord>> {
    return this.#list(page, (slice) => this.#reads.orderedPurchases(slice));
  }

  readInvoice(accountId: string, invoiceId: string): Promise<InvoiceRecord | undefined> {
    return this.#read(() => this.#reads.invoice(accountId, invoiceId));
  }

  listInvoices(accountId: string, page: PageRequest): Promise<StorePage<InvoiceRecord>> {
    return this.#list(page, (slice) => this.#reads.invoices(accountId, slice));
  }

  readCharge(accountId: string, chargeId: string): Promise<ChargeRecord | undefined> {
    return this.#read(() => this.#reads.charge(accountId, chargeId));
  }

  listCharges(accountId: string, page: PageRequest): Promise<StorePage<ChargeRecord>> {
    return this.#list(page, (slice) => this.#reads.charges(accountId, slice));
  }

  listWaitingCharges(page: PageRequest): Promise<StorePage<ChargeRecord>> {
    return this.#list(page, (slice) => this.#reads.waitingCharges(slice));
  }

  readNotice(accountId: string, noticeId: string): Promise<NoticeRecord | undefined> {
    return this.#read(() => this.#reads.notice(accountId, noticeId));
  }

  listNotices(filter: NoticeFilter, page: PageRequest): Promise<StorePage<NoticeRecord>> {
    return this.#list(page, (slice) => this.#reads.notices(filter, slice));
  }

  listDueNotices(nowMs: number, page: PageRequest): Promise<StorePage<NoticeRecord>> {
    return this.#list(page, (slice) => this.#reads.dueNotices(nowMs, slice));
  }

  listActivity(accountId: string, page: PageRequest): Promise<StorePage<ActivityRecord>> {
    return this.#list(page, (slice) => this.#reads.activity(accountId, slice));
  }

  readCells(query: CellQuery): Promise<readonly UsageCell[]> {
    return this.#read(() => this.#reads.cells(query));
  }

  readDayParts(query: DayPartQuery): Promise<readonly DayPartCell[] | null> {
    return this.#read(() => this.#reads.dayParts(query));
  }

  countUsage(query: UsageQuery, max: number): Promise<number> {
    return this.#read(() => this.#reads.usageCount(query, max));
  }

  listUsage(query: UsageQuery, page: PageRequest): Promise<StorePage<UsageRecord>> {
    return this.#list(page, (slice) => this.#reads.usage(query, slice));
  }

  listCountedUses(query: CountedUseQuery, page: PageRequest): Promise<StorePage<CountedUse>> {
    return this.#list(page, (slice) => this.#reads.countedUses(query, slice), leanRowsReadAtOnce);
  }

  readUsage(accountId: string, usageId: string): Promise<UsageRecord | undefined> {
    return this.#read(() => this.#reads.usageRecord(accountId, usageId));
  }

  putKey(key: KeyRecord): Promise<void> {
    return this.#read(() => this.#installation.putKey(key));
  }

  findKeyByHash(secretHash: string): Promise<KeyRecord | undefined> {
    return this.#read(() => this.#installation.keyByHash(secretHash));
  }

  readKey(keyId: string): Promise<KeyRecord | undefined> {
    return this.#read(() => this.#installation.key(keyId));
  }

  listKeys(page: PageRequest): Promise<StorePage<KeyRecord>> {
    return this.#read(() => this.#installation.keys(page));
  }

  listAccountKeys(owner: KeyOwner, page: PageRequest): Promise<StorePage<KeyRecord>> {
    return this.#read(() => this.#installation.accountKeys(owner, page));
  }

  putPairing(pairing: PairingRecord): Promise<boolean> {
    return this.#read(() => this.#installation.putPairing(pairing));
  }

  findPairing(by: PairingCode): Promise<PairingRecord | undefined> {
    return this.#read(() => this.#installation.pairing(by));
  }

  deletePairing(pairingId: string): Promise<boolean> {
    return this.#read(() => this.#installation.deletePairing(pairingId));
  }

  deleteKey(keyId: string): Promise<boolean> {
    return this.#read(async () => {
      const isDeleted = await this.#installation.deleteKey(keyId);
      if (isDeleted) {
        this.#parts.revocations.tell(keyId);
        this.#parts.channel.tellRevoked(keyId);
      }
      return isDeleted;
    });
  }

  putWebhookEndpoint(endpoint: WebhookEndpointRecord): Promise<void> {
    return this.#read(() => this.#installation.putWebhookEndpoint(endpoint));
  }

  readWebhookEndpoint(endpointId: string): Promise<WebhookEndpointRecord | undefined> {
    return this.#read(() => this.#installation.webhookEndpoint(endpointId));
  }

  listWebhookEndpoints(page: PageRequest): Promise<StorePage<WebhookEndpointRecord>> {
    return this.#read(() => this.#installation.webhookEndpoints(page));
  }

  deleteWebhookEndpoint(endpointId: string): Promise<boolean> {
    return this.#read(() => this.#installation.deleteWebhookEndpoint(endpointId));
  }

  putCatalog(config: CatalogConfig, nowMs: number): Promise<CatalogRecord> {
    return this.#read(async () => {
      const record = await this.#installation.putCatalog(config, nowMs);
      this.#parts.channel.tellAll();
      return record;
    });
  }

  readCatalog(version?: number): Promise<CatalogRecord | undefined> {
    return this.#read(() => this.#installation.catalog(version));
  }

  putClock(clock: ClockRecord): Promise<void> {
    return this.#read(() => this.#installation.putClock(clock));
  }

  readClock(clockId: string): Promise<ClockRecord | undefined> {
    return this.#read(() => this.#installation.clock(clockId));
  }

  readSecret(name: string, create: () => string): Promise<string> {
    return this.#read(() => this.#installation.secret(name, create));
  }

  putSecret(name: string, value: string): Promise<void> {
    return this.#read(async () => {
      await this.#installation.putSecret(name, value);
      this.#parts.revocations.tell(null);
      this.#parts.channel.tellRevoked(everyKey);
    });
  }

  putAudit(record: AuditRecord): Promise<void> {
    return this.#read(() => this.#installation.putAudit(record));
  }

  readAudit(auditId: string): Promise<AuditRecord | undefined> {
    return this.#read(() => this.#installation.auditRecord(auditId));
  }

  listAudit(page: PageRequest): Promise<StorePage<AuditRecord>> {
    return this.#read(() => this.#installation.audit(page));
  }

  putErasure(record: ErasureRecord): Promise<void> {
    return this.#read(() => this.#installation.putErasure(record));
  }

  readErasure(erasureId: string): Promise<ErasureRecord | undefined> {
    return this.#read(() => this.#installation.erasure(erasureId));
  }

  findErasure(requestHash: string): Promise<ErasureRecord | undefined> {
    return this.#read(() => this.#installation.erasureByRequest(requestHash));
  }

  listErasures(filter: { readonly isUnderWay?: true }, page: PageRequest): Promise<StorePage<ErasureRecord>> {
    return this.#read(() => this.#installation.erasures(filter, page));
  }

  deleteErasure(erasureId: string): Promise<void> {
    return this.#read(() => this.#installation.deleteErasure(erasureId));
  }

  /** What this process knows of the account's rows is of no use after it; others find out by the account's next stamp. */
  eraseSlice(accountId: string, eraser: Eraser, after: string | null): Promise<ErasedSlice> {
    return this.#read(async () => {
      try {
        return await this.#erasure.slice(accountId, eraser, after);
      } finally {
        this.#parts.writer.forget([accountId]);
      }
    });
  }

  forgetPairingsOf(owner: KeyOwner): Promise<number> {
    return this.#read(() => this.#installation.forgetPairingsOf(owner));
  }

  moveErasedAccount(accountId: string, erased: AccountState): Promise<void> {
    return this.#read(async () => {
      await this.#erasure.moveAccount(accountId, erased);
      const changed = [accountId, erased.profile.id];
      this.#parts.writer.forget(changed);
      this.#parts.listeners.tell(changed);
      this.#parts.channel.tell(changed);
    });
  }

  /** Its pages are written over when they are needed again; a transaction of the server's own could not do it. */
  async overwriteErased(): Promise<ErasedTraces> {
    return 'unused_space';
  }

  readClockMs(): Promise<number> {
    return this.#read(() => this.#installation.readClockMs());
  }

  inspect(): Promise<readonly StoreFinding[]> {
    return this.#read(() => inspectServer(this.#parts.pool, this.#parts.channel.isOpen));
  }

  probe(): Promise<void> {
    return this.#read(() => this.#installation.probe());
  }

  stats(): Readonly<Record<string, number>> {
    const { totalCount, idleCount, waitingCount } = this.#parts.pool;
    return {
      pool_connections: totalCount,
      pool_idle: idleCount,
      pool_waiting: waitingCount,
      channel_open: this.#parts.channel.isOpen ? 1 : 0,
    };
  }

  listSetAside(page: PageRequest): Promise<StorePage<SetAside>> {
    return this.#read(() => this.#reads.setAside(page));
  }

  sweepStored(): Promise<boolean> {
    return this.#read(() => this.#sweep.slice());
  }

  takeLease(name: string, holder: string, forMs: number): Promise<boolean> {
    return this.#read(() => this.#installation.takeLease(name, holder, forMs));
  }

  forgetOld(noun: ForgottenNoun, beforeMs: number, limit: number): Promise<number> {
    return this.#read(() => {
      if (noun === 'answers') this.#parts.writer.forgetAnswers(beforeMs);
      return this.#installation.forgetOld(noun, beforeMs, limit);
    });
  }

  hasOlder(noun: ForgottenNoun, beforeMs: number): Promise<boolean> {
    return this.#read(() => this.#installation.hasOlder(noun, beforeMs));
  }

  subscribe(listener: (changed: ChangedAccounts) => void): () => void {
    return this.#parts.listeners.add(listener);
  }

  subscribeToRevocations(listener: (keyId: string | null) => void): () => void {
    return this.#parts.revocations.add(listener);
  }

  readonly copyTo = null;

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { channel, line, pool } = this.#parts;
    await allSettledOrThrow([channel.close(), line.close(), pool.end()]);
  }

  async #read<Value>(read: () => Promise<Value>): Promise<Value> {
    this.#assertOpen();
    try {
      return await read();
    } catch (error) {
      throw failed(error);
    }
  }

  /** A page that is decoded a slice at a time. */
  #list<Item>(
    page: PageRequest,
    read: (slice: PageRequest) => Promise<StorePage<Item>>,
    readAtOnce?: number,
  ): Promise<StorePage<Item>> {
    return pageInSlices(page, nextTurn, (slice) => this.#read(() => read(slice)), readAtOnce);
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new StoreUnavailableError('The store is closed.');
  }
}
