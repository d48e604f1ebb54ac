import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import type { ActivityRecord } from '../../domain/accounts/state.ts';
import type { LedgerRecord } from '../../domain/credits/state.ts';
import { eraseAnswer } from '../../domain/erasure/erase-answer.ts';
import { answersNoun } from '../../domain/erasure/erased-rows.ts';
import type { Eraser } from '../../domain/erasure/eraser.ts';
import type { HoldRecord } from '../../domain/holds/state.ts';
import { isWaiting } from '../../domain/invoices/charges.ts';
import type { ChargeRecord, InvoiceRecord } from '../../domain/invoices/state.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import { isDead, type NoticeRecord } from '../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { AccountState } from '../../domain/state.ts';
import type { TaskRecord } from '../../domain/tasks/state.ts';
import type { UsageCell, UsageRecord } from '../../domain/usage/state.ts';
import { assertWritable } from '../parts/assert-writable.ts';
import { ChangeListeners } from '../parts/change-listeners.ts';
import { decodeCursor, encodeCursor } from '../parts/cursor.ts';
import { type Due, dueOf } from '../parts/due.ts';
import { LoadedRows } from '../parts/loaded-rows.ts';
import {
  type AuditRecord,
  type CatalogRecord,
  type CellQuery,
  type ChangedAccounts,
  type ClockRecord,
  type Decided,
  type DueQuery,
  type ErasedSlice,
  type ErasedTraces,
  type ErasureRecord,
  type ForgottenNoun,
  type KeptAnswer,
  type KeyOwner,
  type KeyRecord,
  type Loaded,
  type Needs,
  type NoticeFilter,
  type PageRequest,
  type PairingCode,
  type PairingRecord,
  type SetAside,
  type Store,
  type StoreFinding,
  type StorePage,
  StoreUnavailableError,
  systemClockId,
  type TaskFilter,
  type UsageQuery,
  type WebhookEndpointRecord,
  type Writes,
} from '../store.ts';
import { AccountHistory, compareMade } from './account-history.ts';
import { deepFreeze } from './deep-freeze.ts';
import { eraseHistory } from './erase-history.ts';
import { type InstallationImage, InstallationRecords } from './installation-records.ts';
import { compareAt, isAtOrAfter, madeAt, madeCursor, pageFrom } from './pages.ts';
import { compareText, SortedList } from './sorted-list.ts';

/** All that a store in memory holds, as plain data with bigints in it. */
export interface MemoryImage {
  readonly writes: Writes;
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
  #accounts = new Map<string, AccountHistory>();
  #accountIds = new SortedList<string>(compareText);
  #due = new SortedList<AccountDue>(compareDue);
  #tasks = new SortedList<TaskRecord>(compareMade);
  #orderedPurchases = new SortedList<PurchaseRecord>(compareMade);
  #waitingCharges = new SortedList<ChargeRecord>(compareMade);
  #notices = new SortedList<NoticeRecord>(compareMade);
  #dueNotices = new SortedList<DueNotice>(compareDueNotices);
  #answers = new Map<string, KeptAnswer>();
  #installation = new InstallationRecords();
  readonly #listeners = new ChangeListeners<ChangedAccounts>();
  readonly #revocations = new ChangeListeners<string | null>();
  #isClosed = false;

  constructor(image?: MemoryImage) {
    if (image === undefined) return;
    this.#apply(image.writes);
    this.#installation = new InstallationRecords(image.installation);
  }

  image(): MemoryImage {
    const histories = [...this.#accounts];
    const all = <Item>(of: (history: AccountHistory) => Iterable<Item>): Item[] =>
      histories.flatMap(([, history]) => [...of(history)]);
    return {
      writes: {
        accounts: all(({ state }) => (state === undefined ? [] : [state])),
        answers: [...this.#answers.values()],
        members: all(({ members }) => members.values()),
        eventIds: all(({ events }) => events.values()),
        entries: all(({ entries }) => entries.values()),
        usage: all(({ usage }) => usage.values()),
        cells: histories.flatMap(([accountId, history]) =>
          [...history.everyCell()].map((cell) => ({ accountId, ...cell })),
        ),
        activity: all(({ activityByTime }) => activityByTime.from(() => false)),
        holds: all(({ holds }) => holds.values()),
        tasks: all(({ tasks }) => tasks.values()),
        purchases: all(({ purchases }) => purchases.values()),
        invoices: all(({ invoices }) => invoices.values()),
        charges: all(({ charges }) => charges.values()),
        notices: all(({ notices }) => notices.values()),
      },
      installation: this.#installation.image(),
    };
  }

  copy(): MemoryStore {
    const copy = new MemoryState();
    copy.#accounts = new Map([...this.#accounts].map(([id, history]) => [id, history.copy()]));
    copy.#accountIds = this.#accountIds.copy();
    copy.#due = this.#due.copy();
    copy.#tasks = this.#tasks.copy();
    copy.#orderedPurchases = this.#orderedPurchases.copy();
    copy.#waitingCharges = this.#waitingCharges.copy();
    copy.#notices = this.#notices.copy();
    copy.#dueNotices = this.#dueNotices.copy();
    copy.#answers = new Map(this.#answers);
    copy.#installation = this.#installation.copy();
    return copy;
  }

  async write<Result>(needs: Needs, decide: (loaded: Loaded) => Decided<Result>): Promise<Result> {
    if (this.#isClosed) throw new StoreUnavailableError('The store is closed.');
    const loaded = this.#load(needs);
    const { writes, result } = decide(loaded);
    assertWritable(writes, loaded);
    this.#assertNewUsage(writes);
    this.#apply(writes);
    return result;
  }

  #load(needs: Needs): LoadedRows {
    const loaded = new LoadedRows(this.#installation.catalog(undefined)?.version ?? 0);
    for (const id of needs.accountIds) loaded.accounts.set(id, this.#accounts.get(id)?.state);
    for (const { accountId, key } of needs.answers ?? []) {
      loaded.answers.set(accountId, key, this.#answers.get(idInAccount(accountId, key)));
    }
    for (const { accountId, id } of needs.members ?? []) {
      loaded.members.set(accountId, id, this.#accounts.get(accountId)?.members.get(id));
    }
    for (const { accountId, id } of needs.tasks ?? []) {
      loaded.tasks.set(accountId, id, this.#accounts.get(accountId)?.tasks.get(id));
    }
    for (const { accountId, id } of needs.holds ?? []) {
      loaded.holds.set(accountId, id, this.#accounts.get(accountId)?.holds.get(id));
    }
    for (const { accountId, id } of needs.eventIds ?? []) {
      loaded.events.set(accountId, id, this.#accounts.get(accountId)?.events.get(id));
    }
    for (const { accountId, id } of needs.purchases ?? []) {
      loaded.purchases.set(accountId, id, this.#accounts.get(accountId)?.purchases.get(id));
    }
    for (const { accountId, id } of needs.invoices ?? []) {
      loaded.invoices.set(accountId, id, this.#accounts.get(accountId)?.invoices.get(id));
    }
    for (const { accountId, id } of needs.charges ?? []) {
      loaded.charges.set(accountId, id, this.#accounts.get(accountId)?.charges.get(id));
    }
    for (const { accountId, id } of needs.notices ?? []) {
      loaded.notices.set(accountId, id, this.#accounts.get(accountId)?.notices.get(id));
    }
    return loaded;
  }

  #assertNewUsage({ usage = [] }: Writes): void {
    const ids = new Set<string>();
    for (const { accountId, id } of usage) {
      const key = idInAccount(accountId, id);
      if (ids.has(key) || this.#accounts.get(accountId)?.usage.has(id))
        throw new Error(`Account ${accountId} has a usage record ${id} already.`);
      ids.add(key);
    }
  }

  #apply(writes: Writes): void {
    deepFreeze(writes);
    const changed = new Set<string>();
    const historyOf = (accountId: string): AccountHistory => {
      changed.add(accountId);
      const found = this.#accounts.get(accountId) ?? new AccountHistory();
      this.#accounts.set(accountId, found);
      return found;
    };
    for (const state of writes.accounts ?? []) {
      const history = historyOf(state.profile.id);
      if (history.state !== undefined) this.#due.delete(accountDue(history.state));
      this.#due.put(accountDue(state));
      history.state = state;
      this.#accountIds.put(state.profile.id);
    }
    for (const answer of writes.answers ?? [])
      this.#answers.set(idInAccount(answer.accountId, answer.key), answer);
    for (const member of writes.members ?? []) historyOf(member.accountId).members.set(member.id, member);
    for (const event of writes.eventIds ?? []) historyOf(event.accountId).events.set(event.id, event);
    for (const entry of writes.entries ?? []) historyOf(entry.accountId).addEntry(entry);
    for (const usage of writes.usage ?? []) historyOf(usage.accountId).addUsage(usage);
    for (const cell of writes.cells ?? []) historyOf(cell.accountId).addCell(cell);
    for (const activity of writes.activity ?? []) historyOf(activity.accountId).activityByTime.put(activity);
    for (const hold of writes.holds ?? []) historyOf(hold.accountId).putHold(hold);
    for (const task of writes.tasks ?? []) {
      historyOf(task.accountId).putTask(task);
      this.#tasks.put(task);
    }
    for (const purchase of writes.purchases ?? []) {
      historyOf(purchase.accountId).purchases.set(purchase.id, purchase);
      if (purchase.status === 'ordered') this.#orderedPurchases.put(purchase);
      else this.#orderedPurchases.delete(purchase);
    }
    for (const invoice of writes.invoices ?? []) historyOf(invoice.accountId).putInvoice(invoice);
    for (const charge of writes.charges ?? []) {
      historyOf(charge.accountId).putCharge(charge);
      if (isWaiting(charge)) this.#waitingCharges.put(charge);
      else this.#waitingCharges.delete(charge);
    }
    for (const notice of writes.notices ?? []) {
      const history = historyOf(notice.accountId);
      const before = history.notices.get(notice.id);
      if (isToDo(before)) this.#dueNotices.delete(before);
      if (isToDo(notice)) this.#dueNotices.put(notice);
      history.putNotice(notice);
      this.#notices.put(notice);
    }
    if (changed.size > 0) this.#listeners.tell([...changed]);
  }

  async readAccount(accountId: string): Promise<AccountState | undefined> {
    return this.#accounts.get(accountId)?.state;
  }

  async listAccounts(page: PageRequest): Promise<StorePage<AccountState>> {
    const ids = this.#accountIdsOn(page);
    const states = ids.items.map((id) => this.#accounts.get(id)?.state);
    return { items: states.filter((state) => state !== undefined), nextCursor: ids.nextCursor };
  }

  async listAccountIds(page: PageRequest): Promise<StorePage<string>> {
    return this.#accountIdsOn(page);
  }

  #accountIdsOn(page: PageRequest): StorePage<string> {
    const [after] = page.cursor === undefined ? [''] : decodeCursor('accounts', ['string'], page.cursor);
    return pageFrom(
      this.#accountIds.from((id) => id <= after),
      page,
      (id) => encodeCursor('accounts', [id]),
    );
  }

  async listDue({ clockId, nowMs }: DueQuery, page: PageRequest): Promise<StorePage<string>> {
    const [afterMs, afterId] =
      page.cursor === undefined
        ? [Number.NEGATIVE_INFINITY, '']
        : decodeCursor('due', ['number', 'string'], page.cursor);
    const after: AccountDue = { clockId: clockId ?? systemClockId, dueAtMs: afterMs, accountId: afterId };
    const due = this.#due;
    function* listed(): Generator<AccountDue> {
      for (const each of due.from((other) => compareDue(other, after) <= 0)) {
        if (each.clockId !== after.clockId || each.dueAtMs > nowMs) return;
        yield each;
      }
    }
    const { items, nextCursor } = pageFrom(listed(), page, (each) =>
      encodeCursor('due', [each.dueAtMs, each.accountId]),
    );
    return { items: items.map((each) => each.accountId), nextCursor };
  }

  async readMember(accountId: string, memberId: string): Promise<MemberRecord | undefined> {
    return this.#accounts.get(accountId)?.members.get(memberId);
  }

  async listMembers(accountId: string, page: PageRequest): Promise<StorePage<MemberRecord>> {
    const [after] = page.cursor === undefined ? [''] : decodeCursor('members', ['string'], page.cursor);
    const members = [...(this.#accounts.get(accountId)?.members.values() ?? [])]
      .filter((member) => member.id > after)
      .sort((a, b) => compareText(a.id, b.id));
    return pageFrom(members, page, (member) => encodeCursor('members', [member.id]));
  }

  async listEntries(accountId: string, page: PageRequest): Promise<StorePage<LedgerRecord>> {
    const [before] =
      page.cursor === undefined
        ? [Number.POSITIVE_INFINITY]
        : decodeCursor('entries', ['number'], page.cursor);
    const entries = this.#accounts.get(accountId)?.entriesBySeq.backwardsFrom((entry) => entry.seq >= before);
    return pageFrom(entries, page, (entry) => encodeCursor('entries', [entry.seq]));
  }

  async readEntry(accountId: string, entryId: string): Promise<LedgerRecord | undefined> {
    return this.#accounts.get(accountId)?.entries.get(entryId);
  }

  async listTasks(filter: TaskFilter, page: PageRequest): Promise<StorePage<TaskRecord>> {
    const { accountId, fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY } = filter;
    const tasks = accountId === undefined ? this.#tasks : this.#accounts.get(accountId)?.tasksByTime;
    const isPast = isAtOrAfter('tasks', page);
    function* listed(): Generator<TaskRecord> {
      for (const task of tasks?.backwardsFrom((each) => each.createdAtMs >= toMs || isPast(each)) ?? []) {
        if (task.createdAtMs < fromMs) return;
        if (isListed(task, filter)) yield task;
      }
    }
    return pageFrom(listed(), page, (task) => madeCursor('tasks', task));
  }

  async readTask(accountId: string, taskId: string): Promise<TaskRecord | undefined> {
    return this.#accounts.get(accountId)?.tasks.get(taskId);
  }

  async listHolds(accountId: string, page: PageRequest): Promise<StorePage<HoldRecord>> {
    const holds = this.#accounts.get(accountId)?.holdsByTime.backwardsFrom(isAtOrAfter('holds', page));
    return pageFrom(holds, page, (hold) => madeCursor('holds', hold));
  }

  async readHold(accountId: string, holdId: string): Promise<HoldRecord | undefined> {
    return this.#accounts.get(accountId)?.holds.get(holdId);
  }

  async readPurchase(accountId: string, purchaseId: string): Promise<PurchaseRecord | undefined> {
    return this.#accounts.get(accountId)?.purchases.get(purchaseId);
  }

  async listOrderedPurchases(page: PageRequest): Promise<StorePage<PurchaseRecord>> {
    const after = madeAt('purchases', page);
    const ordered = this.#orderedPurchases.from(
      (each) => after !== undefined && compareMade(each, after) <= 0,
    );
    return pageFrom(ordered, page, (purchase) => madeCursor('purchases', purchase));
  }

  async readInvoice(accountId: string, invoiceId: string): Promise<InvoiceRecord | undefined> {
    return this.#accounts.get(accountId)?.invoices.get(invoiceId);
  }

  async listInvoices(accountId: string, page: PageRequest): Promise<StorePage<InvoiceRecord>> {
    const list = this.#accounts.get(accountId)?.invoicesByTime.backwardsFrom(isAtOrAfter('invoices', page));
    return pageFrom(list, page, (invoice) => madeCursor('invoices', invoice));
  }

  async readCharge(accountId: string, chargeId: string): Promise<ChargeRecord | undefined> {
    return this.#accounts.get(accountId)?.charges.get(chargeId);
  }

  async listCharges(accountId: string, page: PageRequest): Promise<StorePage<ChargeRecord>> {
    const list = this.#accounts.get(accountId)?.chargesByTime.backwardsFrom(isAtOrAfter('charges', page));
    return pageFrom(list, page, (charge) => madeCursor('charges', charge));
  }

  async listWaitingCharges(page: PageRequest): Promise<StorePage<ChargeRecord>> {
    const after = madeAt('waiting', page);
    const waiting = this.#waitingCharges.from((each) => after !== undefined && compareMade(each, after) <= 0);
    return pageFrom(waiting, page, (charge) => madeCursor('waiting', charge));
  }

  async readNotice(accountId: string, noticeId: string): Promise<NoticeRecord | undefined> {
    return this.#accounts.get(accountId)?.notices.get(noticeId);
  }

  async listNotices(filter: NoticeFilter, page: PageRequest): Promise<StorePage<NoticeRecord>> {
    const notices =
      filter.accountId === undefined ? this.#notices : this.#accounts.get(filter.accountId)?.noticesByTime;
    const isPast = isAtOrAfter('notices', page);
    function* listed(): Generator<NoticeRecord> {
      for (const notice of notices?.backwardsFrom(isPast) ?? [])
        if (filter.isDead === undefined || isDead(notice)) yield notice;
    }
    return pageFrom(listed(), page, (notice) => madeCursor('notices', notice));
  }

  async listDueNotices(nowMs: number, page: PageRequest): Promise<StorePage<NoticeRecord>> {
    const [dueAtMs, id, accountId] =
      page.cursor === undefined
        ? [Number.NEGATIVE_INFINITY, '', '']
        : decodeCursor('due_notices', ['number', 'string', 'string'], page.cursor);
    const notices = this.#dueNotices;
    function* listed(): Generator<DueNotice> {
      for (const notice of notices.from((each) => compareDueNotices(each, { dueAtMs, id, accountId }) <= 0)) {
        if (notice.dueAtMs > nowMs) return;
        yield notice;
      }
    }
    return pageFrom(listed(), page, (notice) =>
      encodeCursor('due_notices', [notice.dueAtMs, notice.id, notice.accountId]),
    );
  }

  async listActivity(accountId: string, page: PageRequest): Promise<StorePage<ActivityRecord>> {
    const before =
      page.cursor === undefined ? undefined : decodeCursor('activity', ['number', 'string'], page.cursor);
    const activity = this.#accounts
      .get(accountId)
      ?.activityByTime.backwardsFrom((each) => before !== undefined && compareAt(each, before) >= 0);
    return pageFrom(activity, page, (each) => encodeCursor('activity', [each.atMs, each.id]));
  }

  async readCells(query: CellQuery): Promise<readonly UsageCell[]> {
    return this.#accounts.get(query.accountId)?.cells(query) ?? [];
  }

  async listUsage(query: UsageQuery, page: PageRequest): Promise<StorePage<UsageRecord>> {
    const after =
      page.cursor === undefined ? undefined : decodeCursor('usage', ['number', 'string'], page.cursor);
    const usage = this.#accounts.get(query.accountId)?.usageByTime;
    const isBefore = (each: UsageRecord): boolean =>
      each.atMs < query.fromMs || (after !== undefined && compareAt(each, after) <= 0);
    function* listed(): Generator<UsageRecord> {
      for (const each of usage?.from(isBefore) ?? []) {
        if (each.atMs >= query.toMs) return;
        yield each;
      }
    }
    return pageFrom(listed(), page, (each) => encodeCursor('usage', [each.atMs, each.id]));
  }

  async readUsage(accountId: string, usageId: string): Promise<UsageRecord | undefined> {
    return this.#accounts.get(accountId)?.usage.get(usageId);
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
    const [after] = page.cursor === undefined ? [''] : decodeCursor('keys', ['string'], page.cursor);
    return pageFrom(this.#installation.keysAfter(after), page, (key) => encodeCursor('keys', [key.id]));
  }

  async listAccountKeys(owner: KeyOwner, page: PageRequest): Promise<StorePage<KeyRecord>> {
    const [after] = page.cursor === undefined ? [''] : decodeCursor('account-keys', ['string'], page.cursor);
    const keys = this.#installation
      .keysAfter(after)
      .filter(
        ({ accountId, memberId }) =>
          accountId === owner.accountId && (owner.memberId === null || memberId === owner.memberId),
      );
    return pageFrom(keys, page, (key) => encodeCursor('account-keys', [key.id]));
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
    const [after] =
      page.cursor === undefined ? [''] : decodeCursor('webhook_endpoints', ['string'], page.cursor);
    return pageFrom(this.#installation.webhookEndpointsAfter(after), page, (endpoint) =>
      encodeCursor('webhook_endpoints', [endpoint.id]),
    );
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
    const [before = null] = page.cursor === undefined ? [] : decodeCursor('audit', ['string'], page.cursor);
    return pageFrom(this.#installation.auditBefore(before), page, ({ id }) => encodeCursor('audit', [id]));
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
    { isUnderWay }: { readonly isUnderWay?: true },
    page: PageRequest,
  ): Promise<StorePage<ErasureRecord>> {
    const [after] = page.cursor === undefined ? [''] : decodeCursor('erasures', ['string'], page.cursor);
    const records = this.#installation
      .erasuresAfter(after)
      .filter(({ traces }) => isUnderWay === undefined || traces === null);
    return pageFrom(records, page, ({ id }) => encodeCursor('erasures', [id]));
  }

  async deleteErasure(erasureId: string): Promise<void> {
    this.#installation.deleteErasure(erasureId);
  }

  /** All of it in one slice: it is as quick as a copy. */
  async eraseSlice(accountId: string, eraser: Eraser): Promise<ErasedSlice> {
    const before = this.#accounts.get(accountId);
    if (before === undefined) return { rows: [], next: null };
    const { history, rows } = eraseHistory(before, eraser);
    this.#unlist(before);
    this.#list(history);
    if (eraser.accountId === accountId) this.#accounts.set(accountId, history);
    else if (!this.#accounts.has(eraser.accountId)) {
      this.#accounts.set(eraser.accountId, history);
      const left = new AccountHistory();
      left.state = before.state;
      this.#accounts.set(accountId, left);
    }
    return { rows: [...rows, this.#eraseAnswers(accountId, eraser)], next: null };
  }

  #eraseAnswers(accountId: string, eraser: Eraser) {
    const counts = { noun: answersNoun, replaced: 0, removed: 0, kept: 0 };
    for (const [key, answer] of this.#answers) {
      if (answer.accountId !== accountId) continue;
      if (eraser.erasing.subject === 'account') {
        this.#answers.delete(key);
        counts.removed += 1;
        continue;
      }
      const body = eraseAnswer(eraser, answer.body);
      if (body === answer.body) continue;
      this.#answers.set(key, deepFreeze({ ...answer, body }));
      counts.replaced += 1;
    }
    return counts;
  }

  /** Takes what is kept of an account out of the lists over all accounts. */
  #unlist(history: AccountHistory): void {
    for (const task of history.tasks.values()) this.#tasks.delete(task);
    for (const purchase of history.purchases.values()) this.#orderedPurchases.delete(purchase);
    for (const charge of history.charges.values()) this.#waitingCharges.delete(charge);
    for (const notice of history.notices.values()) {
      this.#notices.delete(notice);
      if (isToDo(notice)) this.#dueNotices.delete(notice);
    }
  }

  #list(history: AccountHistory): void {
    for (const task of history.tasks.values()) this.#tasks.put(task);
    for (const purchase of history.purchases.values())
      if (purchase.status === 'ordered') this.#orderedPurchases.put(purchase);
    for (const charge of history.charges.values()) if (isWaiting(charge)) this.#waitingCharges.put(charge);
    for (const notice of history.notices.values()) {
      this.#notices.put(notice);
      if (isToDo(notice)) this.#dueNotices.put(notice);
    }
  }

  async forgetPairingsOf(owner: KeyOwner): Promise<number> {
    return this.#installation.forgetPairingsOf(owner);
  }

  async moveErasedAccount(accountId: string, erased: AccountState): Promise<void> {
    const state = this.#accounts.get(accountId)?.state;
    if (state !== undefined) this.#due.delete(accountDue(state));
    this.#accounts.delete(accountId);
    this.#accountIds.delete(accountId);
    const { id } = erased.profile;
    const history = this.#accounts.get(id) ?? new AccountHistory();
    history.state = deepFreeze(erased);
    this.#accounts.set(id, history);
    this.#accountIds.put(id);
    this.#due.put(accountDue(erased));
    this.#listeners.tell([accountId, id]);
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
    return { accounts: this.#accounts.size };
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
    switch (noun) {
      case 'answers':
        return [...this.#answers]
          .filter(([, { recordedAtMs }]) => recordedAtMs < beforeMs)
          .map(
            ([key]) =>
              () =>
                this.#answers.delete(key),
          );
      case 'notices':
        return [...this.#notices.from(() => false)]
          .filter((notice) => notice.createdAtMs < beforeMs && !isToDo(notice))
          .map((notice) => () => this.#forgetNotice(notice));
      default:
        return this.#installation.older(noun, beforeMs);
    }
  }

  #forgetNotice(notice: NoticeRecord): void {
    this.#notices.delete(notice);
    this.#accounts.get(notice.accountId)?.deleteNotice(notice);
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

type DueNotice = NoticeRecord & { readonly dueAtMs: number };

function isToDo(notice: NoticeRecord | undefined): notice is DueNotice {
  return notice !== undefined && notice.dueAtMs !== null;
}

type NoticeMoment = Pick<DueNotice, 'dueAtMs' | 'id' | 'accountId'>;

function compareDueNotices(a: NoticeMoment, b: NoticeMoment): number {
  return a.dueAtMs - b.dueAtMs || compareText(a.id, b.id) || compareText(a.accountId, b.accountId);
}

interface AccountDue extends Due {
  readonly accountId: string;
}

function accountDue(state: AccountState): AccountDue {
  return { ...dueOf(state), accountId: state.profile.id };
}

function compareDue(a: AccountDue, b: AccountDue): number {
  return compareText(a.clockId, b.clockId) || a.dueAtMs - b.dueAtMs || compareText(a.accountId, b.accountId);
}

/** No id holds a line feed, so that two different pairs never share a key. */
function idInAccount(accountId: string, id: string): string {
  return `${accountId}\n${id}`;
}

function isListed(task: TaskRecord, filter: TaskFilter): boolean {
  return (
    (filter.status === undefined || task.status === filter.status) &&
    (filter.agentId === undefined || task.dimensions.agentId === filter.agentId) &&
    (filter.memberId === undefined || task.dimensions.memberId === filter.memberId)
  );
}
