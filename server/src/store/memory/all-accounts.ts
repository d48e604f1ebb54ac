import { eraseAnswer } from '../../domain/erasures/erase-answer.ts';
import { answersNoun } from '../../domain/erasures/erased-rows.ts';
import type { Eraser } from '../../domain/erasures/eraser.ts';
import type { ErasedRows } from '../../domain/erasures/state.ts';
import { isWaiting } from '../../domain/invoices/charges/charges.ts';
import type { ChargeRecord } from '../../domain/invoices/state.ts';
import type { NoticeRecord } from '../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../domain/purchases/state.ts';
import type { AccountState } from '../../domain/state.ts';
import type { TaskRecord } from '../../domain/tasks/state.ts';
import { type Due, dueOf } from '../parts/due.ts';
import { LoadedRows } from '../parts/loaded-rows.ts';
import type { KeptAnswer, Needs, Writes } from '../store.ts';
import { AccountHistory, compareMade } from './account-history.ts';
import { deepFreeze } from './deep-freeze.ts';
import { eraseHistory } from './erase-history.ts';
import { compareText, SortedList } from './sorted-list.ts';

/** Everything that the memory store keeps of accounts: the history of each, and the lists over all of them. */
export class AllAccounts {
  #histories = new Map<string, AccountHistory>();
  #answers = new Map<string, KeptAnswer>();
  ids = new SortedList<string>(compareText);
  due = new SortedList<AccountDue>(compareDue);
  tasks = new SortedList<TaskRecord>(compareMade);
  orderedPurchases = new SortedList<PurchaseRecord>(compareMade);
  waitingCharges = new SortedList<ChargeRecord>(compareMade);
  notices = new SortedList<NoticeRecord>(compareMade);
  dueNotices = new SortedList<DueNotice>(compareDueNotices);

  get count(): number {
    return this.#histories.size;
  }

  history(accountId: string): AccountHistory | undefined {
    return this.#histories.get(accountId);
  }

  copy(): AllAccounts {
    const copy = new AllAccounts();
    copy.#histories = new Map([...this.#histories].map(([id, history]) => [id, history.copy()]));
    copy.#answers = new Map(this.#answers);
    copy.ids = this.ids.copy();
    copy.due = this.due.copy();
    copy.tasks = this.tasks.copy();
    copy.orderedPurchases = this.orderedPurchases.copy();
    copy.waitingCharges = this.waitingCharges.copy();
    copy.notices = this.notices.copy();
    copy.dueNotices = this.dueNotices.copy();
    return copy;
  }

  /** Writes that make a store with the same accounts of an empty one. */
  image(): Writes {
    const histories = [...this.#histories];
    const all = <Item>(of: (history: AccountHistory) => Iterable<Item>): Item[] =>
      histories.flatMap(([, history]) => [...of(history)]);
    return {
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
    };
  }

  load(needs: Needs, catalogVersion: number): LoadedRows {
    const loaded = new LoadedRows(catalogVersion);
    for (const id of needs.accountIds) loaded.accounts.set(id, this.#histories.get(id)?.state);
    for (const { accountId, key } of needs.answers ?? []) {
      loaded.answers.set(accountId, key, this.#answers.get(idInAccount(accountId, key)));
    }
    for (const { accountId, id } of needs.members ?? []) {
      loaded.members.set(accountId, id, this.#histories.get(accountId)?.members.get(id));
    }
    for (const { accountId, id } of needs.tasks ?? []) {
      loaded.tasks.set(accountId, id, this.#histories.get(accountId)?.tasks.get(id));
    }
    for (const { accountId, id } of needs.holds ?? []) {
      loaded.holds.set(accountId, id, this.#histories.get(accountId)?.holds.get(id));
    }
    for (const { accountId, id } of needs.eventIds ?? []) {
      loaded.events.set(accountId, id, this.#histories.get(accountId)?.events.get(id));
    }
    for (const { accountId, id } of needs.purchases ?? []) {
      loaded.purchases.set(accountId, id, this.#histories.get(accountId)?.purchases.get(id));
    }
    for (const { accountId, id } of needs.invoices ?? []) {
      loaded.invoices.set(accountId, id, this.#histories.get(accountId)?.invoices.get(id));
    }
    for (const { accountId, id } of needs.charges ?? []) {
      loaded.charges.set(accountId, id, this.#histories.get(accountId)?.charges.get(id));
    }
    for (const { accountId, id } of needs.notices ?? []) {
      loaded.notices.set(accountId, id, this.#histories.get(accountId)?.notices.get(id));
    }
    return loaded;
  }

  assertNewUsage({ usage = [] }: Writes): void {
    const ids = new Set<string>();
    for (const { accountId, id } of usage) {
      const key = idInAccount(accountId, id);
      if (ids.has(key) || this.#histories.get(accountId)?.usage.has(id))
        throw new Error(`Account ${accountId} has a usage record ${id} already.`);
      ids.add(key);
    }
  }

  /** @returns The ids of the accounts that changed. */
  apply(writes: Writes): readonly string[] {
    deepFreeze(writes);
    const changed = new Set<string>();
    const historyOf = (accountId: string): AccountHistory => {
      changed.add(accountId);
      const found = this.#histories.get(accountId) ?? new AccountHistory();
      this.#histories.set(accountId, found);
      return found;
    };
    for (const state of writes.accounts ?? []) {
      const history = historyOf(state.profile.id);
      if (history.state !== undefined) this.due.delete(accountDue(history.state));
      this.due.put(accountDue(state));
      history.state = state;
      this.ids.put(state.profile.id);
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
      this.tasks.put(task);
    }
    for (const purchase of writes.purchases ?? []) {
      historyOf(purchase.accountId).purchases.set(purchase.id, purchase);
      if (purchase.status === 'ordered') this.orderedPurchases.put(purchase);
      else this.orderedPurchases.delete(purchase);
    }
    for (const invoice of writes.invoices ?? []) historyOf(invoice.accountId).putInvoice(invoice);
    for (const charge of writes.charges ?? []) {
      historyOf(charge.accountId).putCharge(charge);
      if (isWaiting(charge)) this.waitingCharges.put(charge);
      else this.waitingCharges.delete(charge);
    }
    for (const notice of writes.notices ?? []) {
      const history = historyOf(notice.accountId);
      const before = history.notices.get(notice.id);
      if (isToDo(before)) this.dueNotices.delete(before);
      if (isToDo(notice)) this.dueNotices.put(notice);
      history.putNotice(notice);
      this.notices.put(notice);
    }
    return [...changed];
  }

  erase(accountId: string, eraser: Eraser): readonly ErasedRows[] {
    const before = this.#histories.get(accountId);
    if (before === undefined) return [];
    const { history, rows } = eraseHistory(before, eraser);
    this.#unlist(before);
    this.#list(history);
    if (eraser.accountId === accountId) this.#histories.set(accountId, history);
    else if (!this.#histories.has(eraser.accountId)) {
      this.#histories.set(eraser.accountId, history);
      const left = new AccountHistory();
      left.state = before.state;
      this.#histories.set(accountId, left);
    }
    return [...rows, this.#eraseAnswers(accountId, eraser)];
  }

  #eraseAnswers(accountId: string, eraser: Eraser): ErasedRows {
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
    for (const task of history.tasks.values()) this.tasks.delete(task);
    for (const purchase of history.purchases.values()) this.orderedPurchases.delete(purchase);
    for (const charge of history.charges.values()) this.waitingCharges.delete(charge);
    for (const notice of history.notices.values()) {
      this.notices.delete(notice);
      if (isToDo(notice)) this.dueNotices.delete(notice);
    }
  }

  #list(history: AccountHistory): void {
    for (const task of history.tasks.values()) this.tasks.put(task);
    for (const purchase of history.purchases.values())
      if (purchase.status === 'ordered') this.orderedPurchases.put(purchase);
    for (const charge of history.charges.values()) if (isWaiting(charge)) this.waitingCharges.put(charge);
    for (const notice of history.notices.values()) {
      this.notices.put(notice);
      if (isToDo(notice)) this.dueNotices.put(notice);
    }
  }

  /** The erased state takes the place of the account's, under its own id. */
  moveErased(accountId: string, erased: AccountState): void {
    const state = this.#histories.get(accountId)?.state;
    if (state !== undefined) this.due.delete(accountDue(state));
    this.#histories.delete(accountId);
    this.ids.delete(accountId);
    const { id } = erased.profile;
    const history = this.#histories.get(id) ?? new AccountHistory();
    history.state = deepFreeze(erased);
    this.#histories.set(id, history);
    this.ids.put(id);
    this.due.put(accountDue(erased));
  }

  /** How each thing from before the instant is forgotten, oldest first. */
  older(noun: 'answers' | 'notices', beforeMs: number): (() => void)[] {
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
        return [...this.notices.from(() => false)]
          .filter((notice) => notice.createdAtMs < beforeMs && !isToDo(notice))
          .map((notice) => () => this.#forgetNotice(notice));
    }
  }

  #forgetNotice(notice: NoticeRecord): void {
    this.notices.delete(notice);
    this.#histories.get(notice.accountId)?.deleteNotice(notice);
  }
}

export type DueNotice = NoticeRecord & { readonly dueAtMs: number };

function isToDo(notice: NoticeRecord | undefined): notice is DueNotice {
  return notice !== undefined && notice.dueAtMs !== null;
}

type NoticeMoment = Pick<DueNotice, 'dueAtMs' | 'id' | 'accountId'>;

export function compareDueNotices(a: NoticeMoment, b: NoticeMoment): number {
  return a.dueAtMs - b.dueAtMs || compareText(a.id, b.id) || compareText(a.accountId, b.accountId);
}

export interface AccountDue extends Due {
  readonly accountId: string;
}

function accountDue(state: AccountState): AccountDue {
  return { ...dueOf(state), accountId: state.profile.id };
}

export function compareDue(a: AccountDue, b: AccountDue): number {
  return compareText(a.clockId, b.clockId) || a.dueAtMs - b.dueAtMs || compareText(a.accountId, b.accountId);
}

/** No id holds a line feed, so that two different pairs never share a key. */
function idInAccount(accountId: string, id: string): string {
  return `${accountId}\n${id}`;
}
