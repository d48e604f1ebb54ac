import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import type { ActivityRecord } from '../../domain/activity/state.ts';
import type { LedgerRecord } from '../../domain/credits/state.ts';
import type { Eraser } from '../../domain/erasures/eraser.ts';
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
import { assertWritable } from '../parts/assert-writable.ts';
import { ChangeListeners } from '../parts/change-listeners.ts';
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
  Writes,
} from '../store.ts';
import { StoreUnavailableError } from '../store-errors.ts';
import { AllAccounts } from './all-accounts.ts';
import { type InstallationImage, InstallationRecords } from './installation-records.ts';
import {
  accountIdList,
  accountKeyList,
  activityList,
  auditList,
  chargeList,
  countedUseList,
  countUsage,
  dueList,
  dueNoticeList,
  entryList,
  erasureList,
  holdList,
  invoiceList,
  keyList,
  memberList,
  noticeList,
  orderedPurchaseList,
  taskList,
  usageList,
  waitingChargeList,
  webhookEndpointList,
} from './lists.ts';

/** All that a store in memory holds, as plain data with bigints in it. */
export interface MemoryImage {
  /** Everything that belongs to accounts. */
  readonly writes: Writes;
  /** Catalogs, keys, clocks and the rest that belongs to no account. */
  readonly installation: InstallationImage;
}

/**
 * A store that lives as long as the process and uses Web APIs only: for mocks and fast tests. It freezes what it stores, so that
 * nobody can change it from outside.
 *
 * @param image What another store gave as its image; this one begins with the same content. The image is frozen.
 */
export function createMemoryStore(image?: MemoryImage): MemoryStore {
  return new MemoryState(image);
}

/** A store in memory that can be copied. */
export interface MemoryStore extends Store {
  /** The content as data, for a store of another process that runs the same version of this package. */
  image(): MemoryImage;
  /**
   * Makes another store with the same content, for a state that is set up once and used many times. After that each store has its
   * own writes, and listeners stay with the store that they were added to. The copy costs only a list of references, since stored
   * data is frozen.
   */
  copy(): MemoryStore;
}

class MemoryState implements MemoryStore {
  readonly writesUnderWayMax = 1;
  #accounts = new AllAccounts();
  #installation = new InstallationRecords();
  readonly #listeners = new ChangeListeners<ChangedAccounts>();
  readonly #revocations = new ChangeListeners<string | null>();
  #isClosed = false;

  constructor(image?: MemoryImage) {
    if (image === undefined) return;
    this.#accounts.apply(image.writes);
    this.#installation = new InstallationRecords(image.installation);
  }

  image(): MemoryImage {
    return {
      writes: this.#accounts.image(),
      installation: this.#installation.image(),
    };
  }

  copy(): MemoryStore {
    const copy = new MemoryState();
    copy.#accounts = this.#accounts.copy();
    copy.#installation = this.#installation.copy();
    return copy;
  }

  async write<Result>(needs: Needs, decide: (loaded: Loaded) => Decided<Result>): Promise<Result> {
    if (this.#isClosed) throw new StoreUnavailableError('The store is closed.');
    const loaded = this.#accounts.load(needs, this.#installation.catalog(undefined)?.version ?? 0);
    const { writes, result } = decide(loaded);
    assertWritable(writes, loaded);
    this.#accounts.assertNewUsage(writes);
    const changed = this.#accounts.apply(writes);
    if (changed.length > 0) this.#listeners.tell(changed);
    return result;
  }

  async readAccount(accountId: string): Promise<AccountState | undefined> {
    return this.#accounts.history(accountId)?.state;
  }

  async listAccounts(page: PageRequest): Promise<StorePage<AccountState>> {
    const ids = accountIdList(this.#accounts, page);
    const states = ids.items.map((id) => this.#accounts.history(id)?.state);
    return { items: states.filter((state) => state !== undefined), nextCursor: ids.nextCursor };
  }

  async listAccountIds(page: PageRequest): Promise<StorePage<string>> {
    return accountIdList(this.#accounts, page);
  }

  async listDue(query: DueQuery, page: PageRequest): Promise<StorePage<string>> {
    return dueList(this.#accounts, query, page);
  }

  async readMember(accountId: string, memberId: string): Promise<MemberRecord | undefined> {
    return this.#accounts.history(accountId)?.members.get(memberId);
  }

  async listMembers(accountId: string, page: PageRequest): Promise<StorePage<MemberRecord>> {
    return memberList(this.#accounts, accountId, page);
  }

  async listEntries(accountId: string, page: PageRequest): Promise<StorePage<LedgerRecord>> {
    return entryList(this.#accounts, accountId, page);
  }

  async readEntry(accountId: string, entryId: string): Promise<LedgerRecord | undefined> {
    return this.#accounts.history(accountId)?.entries.get(entryId);
  }

  async listTasks(filter: TaskFilter, page: PageRequest): Promise<StorePage<TaskRecord>> {
    return taskList(this.#accounts, filter, page);
  }

  async readTask(accountId: string, taskId: string): Promise<TaskRecord | undefined> {
    return this.#accounts.history(accountId)?.tasks.get(taskId);
  }

  async listHolds(accountId: string, page: PageRequest): Promise<StorePage<HoldRecord>> {
    return holdList(this.#accounts, accountId, page);
  }

  async readHold(accountId: string, holdId: string): Promise<HoldRecord | undefined> {
    return this.#accounts.history(accountId)?.holds.get(holdId);
  }

  async readPurchase(accountId: string, purchaseId: string): Promise<PurchaseRecord | undefined> {
    return this.#accounts.history(accountId)?.purchases.get(purchaseId);
  }

  async listOrderedPurchases(page: PageRequest): Promise<StorePage<PurchaseRecord>> {
    return orderedPurchaseList(this.#accounts, page);
  }

  async readInvoice(accountId: string, invoiceId: string): Promise<InvoiceRecord | undefined> {
    return this.#accounts.history(accountId)?.invoices.get(invoiceId);
  }

  async listInvoices(accountId: string, page: PageRequest): Promise<StorePage<InvoiceRecord>> {
    return invoiceList(this.#accounts, accountId, page);
  }

  async readCharge(accountId: string, chargeId: string): Promise<ChargeRecord | undefined> {
    return this.#accounts.history(accountId)?.charges.get(chargeId);
  }

  async listCharges(accountId: string, page: PageRequest): Promise<StorePage<ChargeRecord>> {
    return chargeList(this.#accounts, accountId, page);
  }

  async listWaitingCharges(page: PageRequest): Promise<StorePage<ChargeRecord>> {
    return waitingChargeList(this.#accounts, page);
  }

  async readNotice(accountId: string, noticeId: string): Promise<NoticeRecord | undefined> {
    return this.#accounts.history(accountId)?.notices.get(noticeId);
  }

  async listNotices(filter: NoticeFilter, page: PageRequest): Promise<StorePage<NoticeRecord>> {
    return noticeList(this.#accounts, filter, page);
  }

  async listDueNotices(nowMs: number, page: PageRequest): Promise<StorePage<NoticeRecord>> {
    return dueNoticeList(this.#accounts, nowMs, page);
  }

  async listActivity(accountId: string, page: PageRequest): Promise<StorePage<ActivityRecord>> {
    return activityList(this.#accounts, accountId, page);
  }

  async readCells(query: CellQuery): Promise<readonly UsageCell[]> {
    return this.#accounts.history(query.accountId)?.cells(query) ?? [];
  }

  async readDayParts(query: DayPartQuery): Promise<readonly DayPartCell[]> {
    return this.#accounts.history(query.accountId)?.dayParts(query) ?? [];
  }

  async countUsage(query: UsageQuery, max: number): Promise<number> {
    return countUsage(this.#accounts, query, max);
  }

  async listUsage(query: UsageQuery, page: PageRequest): Promise<StorePage<UsageRecord>> {
    return usageList(this.#accounts, query, page);
  }

  async listCountedUses(query: CountedUseQuery, page: PageRequest): Promise<StorePage<CountedUse>> {
    return countedUseList(this.#accounts, query, page);
  }

  async readUsage(accountId: string, usageId: string): Promise<UsageRecord | undefined> {
    return this.#accounts.history(accountId)?.usage.get(usageId);
  }

  async putKey(key: KeyRecord): Promise<void> {
    this.#installation.putKey(key);
  }

  async findKeyByHash(secretHash: string): Promise<KeyRecord | undefined> {
    return this.#installation.keyByHash(secretHash);
  }

  async readKey(keyId: string): Promise<KeyRecord | undefined> {
    return this.#installation.key(keyId);
  }

  async listKeys(page: PageRequest): Promise<StorePage<KeyRecord>> {
    return keyList(this.#installation, page);
  }

  async listAccountKeys(owner: KeyOwner, page: PageRequest): Promise<StorePage<KeyRecord>> {
    return accountKeyList(this.#installation, owner, page);
  }

  async putPairing(pairing: PairingRecord): Promise<boolean> {
    return this.#installation.putPairing(pairing);
  }

  async findPairing(by: PairingCode): Promise<PairingRecord | undefined> {
    return this.#installation.findPairing((pairing) =>
      'userCode' in by ? pairing.userCode === by.userCode : pairing.deviceCodeHash === by.deviceCodeHash,
    );
  }

  async deletePairing(pairingId: string): Promise<boolean> {
    return this.#installation.deletePairing(pairingId);
  }

  async deleteKey(keyId: string): Promise<boolean> {
    const isDeleted = this.#installation.deleteKey(keyId);
    if (isDeleted) this.#revocations.tell(keyId);
    return isDeleted;
  }

  async putWebhookEndpoint(endpoint: WebhookEndpointRecord): Promise<void> {
    this.#installation.putWebhookEndpoint(endpoint);
  }

  async readWebhookEndpoint(endpointId: string): Promise<WebhookEndpointRecord | undefined> {
    return this.#installation.webhookEndpoint(endpointId);
  }

  async listWebhookEndpoints(page: PageRequest): Promise<StorePage<WebhookEndpointRecord>> {
    return webhookEndpointList(this.#installation, page);
  }

  async deleteWebhookEndpoint(endpointId: string): Promise<boolean> {
    return this.#installation.deleteWebhookEndpoint(endpointId);
  }

  async putCatalog(config: CatalogConfig, nowMs: number): Promise<CatalogRecord> {
    return this.#installation.putCatalog(config, nowMs);
  }

  async readCatalog(version?: number): Promise<CatalogRecord | undefined> {
    return this.#installation.catalog(version);
  }

  async putClock(clock: ClockRecord): Promise<void> {
    this.#installation.putClock(clock);
  }

  async readClock(clockId: string): Promise<ClockRecord | undefined> {
    return this.#installation.clock(clockId);
  }

  async readSecret(name: string, create: () => string): Promise<string> {
    return this.#installation.secret(name, create);
  }

  async putSecret(name: string, value: string): Promise<void> {
    this.#installation.putSecret(name, value);
    this.#revocations.tell(null);
  }

  async putAudit(record: AuditRecord): Promise<void> {
    this.#installation.putAudit(record);
  }

  async readAudit(auditId: string): Promise<AuditRecord | undefined> {
    return this.#installation.audit(auditId);
  }

  async listAudit(page: PageRequest): Promise<StorePage<AuditRecord>> {
    return auditList(this.#installation, page);
  }

  async putErasure(record: ErasureRecord): Promise<void> {
    this.#installation.putErasure(record);
  }

  async readErasure(erasureId: string): Promise<ErasureRecord | undefined> {
    return this.#installation.erasure(erasureId);
  }

  async findErasure(requestHash: string): Promise<ErasureRecord | undefined> {
    return this.#installation.erasuresAfter('').find((record) => record.requestHash === requestHash);
  }

  async listErasures(
    filter: { readonly isUnderWay?: true },
    page: PageRequest,
  ): Promise<StorePage<ErasureRecord>> {
    return erasureList(this.#installation, filter, page);
  }

  async deleteErasure(erasureId: string): Promise<void> {
    this.#installation.deleteErasure(erasureId);
  }

  /** All of it in one slice: it is as quick as a copy. */
  async eraseSlice(accountId: string, eraser: Eraser): Promise<ErasedSlice> {
    return { rows: this.#accounts.erase(accountId, eraser), next: null };
  }

  async forgetPairingsOf(owner: KeyOwner): Promise<number> {
    return this.#installation.forgetPairingsOf(owner);
  }

  async moveErasedAccount(accountId: string, erased: AccountState): Promise<void> {
    this.#accounts.moveErased(accountId, erased);
    this.#listeners.tell([accountId, erased.profile.id]);
  }

  async overwriteErased(): Promise<ErasedTraces> {
    return 'none';
  }

  async readClockMs(): Promise<null> {
    return null;
  }

  async inspect(): Promise<readonly StoreFinding[]> {
    return [
      { check: 'durability', level: 'warning', detail: 'All is kept in memory and ends with the process.' },
    ];
  }

  async probe(): Promise<void> {
    if (this.#isClosed) throw new StoreUnavailableError('The store is closed.');
  }

  stats(): Readonly<Record<string, number>> {
    return { accounts: this.#accounts.count };
  }

  /** Writes are applied at once, so nothing is ever left to set aside. */
  async listSetAside(): Promise<StorePage<SetAside>> {
    return { items: [], nextCursor: null };
  }

  /** Nothing of it outlives the program. */
  async sweepStored(): Promise<boolean> {
    return false;
  }

  /** Nobody else is on it. */
  async takeLease(): Promise<boolean> {
    return true;
  }

  async forgetOld(noun: ForgottenNoun, beforeMs: number, limit: number): Promise<number> {
    let forgotten = 0;
    for (const forget of this.#older(noun, beforeMs)) {
      if (forgotten >= limit) break;
      forget();
      forgotten += 1;
    }
    return forgotten;
  }

  async hasOlder(noun: ForgottenNoun, beforeMs: number): Promise<boolean> {
    return this.#older(noun, beforeMs).length > 0;
  }

  /** How each thing from before the instant is forgotten, oldest first. */
  #older(noun: ForgottenNoun, beforeMs: number): (() => void)[] {
    return noun === 'answers' || noun === 'notices'
      ? this.#accounts.older(noun, beforeMs)
      : this.#installation.older(noun, beforeMs);
  }

  subscribe(listener: (changed: ChangedAccounts) => void): () => void {
    return this.#listeners.add(listener);
  }

  subscribeToRevocations(listener: (keyId: string | null) => void): () => void {
    return this.#revocations.add(listener);
  }

  readonly copyTo = null;

  async close(): Promise<void> {
    this.#isClosed = true;
  }
}
