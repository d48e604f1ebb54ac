import type { HoldRecord } from '../../../domain/holds/state.ts';
import type { ChargeRecord, InvoiceRecord } from '../../../domain/invoices/state.ts';
import type { MemberRecord } from '../../../domain/members/state.ts';
import type { NoticeRecord } from '../../../domain/notices/state.ts';
import type { PurchaseRecord } from '../../../domain/purchases/state.ts';
import type { AccountState } from '../../../domain/state.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import { CellSums } from '../../../domain/usage/cell-sums.ts';
import { Fifo } from '../../parts/fifo.ts';
import { ItemMap } from '../../parts/item-map.ts';
import type { EventId, KeptAnswer } from '../../store.ts';
import type { AccountChanges, Facts } from './account-changes.ts';
import { type CellMark, UnfoldedAccount } from './unfolded-account.ts';

/** A part of the tables that lists over all accounts read. */
export type TablePart = 'accounts' | 'tasks' | 'purchases' | 'charges' | 'notices';

/** The changes that are committed to the journal and not in the tables yet. Reads by key look here first. */
export class Unfolded {
  readonly accounts = new Map<string, UnfoldedAccount>();
  /** Accounts that are being folded, apart from what was committed of them since. */
  readonly underWay = new Map<string, UnfoldedAccount>();
  readonly tasks = new ItemMap<TaskRecord>();
  readonly holds = new ItemMap<HoldRecord>();
  readonly members = new ItemMap<MemberRecord>();
  readonly purchases = new ItemMap<PurchaseRecord>();
  readonly invoices = new ItemMap<InvoiceRecord>();
  readonly charges = new ItemMap<ChargeRecord>();
  readonly notices = new ItemMap<NoticeRecord>();
  readonly events = new ItemMap<EventId>();
  readonly answers = new ItemMap<KeptAnswer>();
  /** Ids of accounts whose rows in a part of the tables are not up to date. */
  readonly stale: Readonly<Record<TablePart, Set<string>>> = {
    accounts: new Set(),
    tasks: new Set(),
    purchases: new Set(),
    charges: new Set(),
    notices: new Set(),
  };
  /** The answers in the order in which they were kept. */
  readonly #queuedAnswers = new Fifo<KeptAnswer>();
  #answersFolded = 0;
  /** About how much text waits in the journal. */
  characters = 0;

  add(changes: AccountChanges, journalId: number): void {
    const { accountId } = changes;
    const waiting = this.accounts.get(accountId);
    if (waiting === undefined) {
      this.accounts.set(accountId, new UnfoldedAccount(changes, journalId));
    } else {
      waiting.add(changes, journalId);
    }
    this.addAnswers(changes.answers);
    if (changes.encoded !== undefined) this.stale.accounts.add(accountId);
    if (!changes.hasPuts) return;
    if (changes.tasks !== undefined) this.stale.tasks.add(accountId);
    if (changes.purchases !== undefined) this.stale.purchases.add(accountId);
    if (changes.charges !== undefined) this.stale.charges.add(accountId);
    if (changes.notices !== undefined) this.stale.notices.add(accountId);
    for (const [id, task] of changes.tasks ?? []) this.tasks.set(accountId, id, task);
    for (const [id, hold] of changes.holds ?? []) this.holds.set(accountId, id, hold);
    for (const [id, member] of changes.members ?? []) this.members.set(accountId, id, member);
    for (const [id, purchase] of changes.purchases ?? []) this.purchases.set(accountId, id, purchase);
    for (const [id, invoice] of changes.invoices ?? []) this.invoices.set(accountId, id, invoice);
    for (const [id, charge] of changes.charges ?? []) this.charges.set(accountId, id, charge);
    for (const [id, notice] of changes.notices ?? []) this.notices.set(accountId, id, notice);
    for (const [id, event] of changes.events ?? []) this.events.set(accountId, id, event);
  }

  /** Adds what a crash left in a journal row, without the cells that are folded. */
  recover(changes: AccountChanges, journalId: number, mark: CellMark): void {
    const { cells } = changes;
    if (journalId <= Math.max(mark.journalId, mark.partJournalId)) changes.cells = new CellSums();
    const isInPart = journalId > mark.journalId && journalId <= mark.partJournalId;
    this.add(changes, journalId);
    this.accounts.get(changes.accountId)?.recover(mark, isInPart ? cells.cells : []);
  }

  addAnswers(answers: readonly KeptAnswer[]): void {
    for (const answer of answers) {
      this.answers.set(answer.accountId, answer.key, answer);
      this.#queuedAnswers.push(answer);
    }
  }

  /** Whether the journal has changes of the account that its tables do not have. */
  has(accountId: string): boolean {
    return this.accounts.has(accountId) || this.underWay.has(accountId);
  }

  /** The state of the account as of its last commit; undefined where it has not changed, or was recovered. */
  stateOf(accountId: string): AccountState | undefined {
    const { state } = this.accounts.get(accountId)?.changes ?? {};
    return state ?? this.underWay.get(accountId)?.changes.state;
  }

  /**
   * What a crash left of the account's own parts, where its state has not been made of it; the earlier first. Each commit of this process
   * brings its state along.
   */
  recoveredOf(accountId: string): readonly AccountChanges[] {
    const both = [this.underWay.get(accountId)?.changes, this.accounts.get(accountId)?.changes];
    return both.filter((changes) => changes?.encoded !== undefined) as AccountChanges[];
  }

  /** From here on commits of the account are gathered apart, until `remove` or `takeBack`. */
  setApart(waiting: UnfoldedAccount): void {
    const { accountId } = waiting.changes;
    this.accounts.delete(accountId);
    this.underWay.set(accountId, waiting);
  }

  /** The account was not folded. */
  takeBack(waiting: UnfoldedAccount): void {
    const { accountId } = waiting.changes;
    this.underWay.delete(accountId);
    const later = this.accounts.get(accountId);
    if (later !== undefined) waiting.add(later.changes, later.journalId);
    this.accounts.set(accountId, waiting);
  }

  /** The changes of an account that was set apart stand in the tables now. */
  remove({ changes }: UnfoldedAccount): void {
    const { accountId } = changes;
    this.underWay.delete(accountId);
    const later = this.accounts.get(accountId)?.changes;
    if (later?.encoded === undefined) this.stale.accounts.delete(accountId);
    if (!changes.hasPuts) return;
    if (later?.tasks === undefined) this.stale.tasks.delete(accountId);
    if (later?.purchases === undefined) this.stale.purchases.delete(accountId);
    if (later?.charges === undefined) this.stale.charges.delete(accountId);
    if (later?.notices === undefined) this.stale.notices.delete(accountId);
    for (const [id, task] of changes.tasks ?? []) this.tasks.drop(accountId, id, task);
    for (const [id, hold] of changes.holds ?? []) this.holds.drop(accountId, id, hold);
    for (const [id, member] of changes.members ?? []) this.members.drop(accountId, id, member);
    for (const [id, purchase] of changes.purchases ?? []) this.purchases.drop(accountId, id, purchase);
    for (const [id, invoice] of changes.invoices ?? []) this.invoices.drop(accountId, id, invoice);
    for (const [id, charge] of changes.charges ?? []) this.charges.drop(accountId, id, charge);
    for (const [id, notice] of changes.notices ?? []) this.notices.drop(accountId, id, notice);
    for (const [id, event] of changes.events ?? []) this.events.drop(accountId, id, event);
  }

  /** The facts stand in the tables now; the rest of the account does not. */
  removeFacts(accountId: string, facts: Facts): void {
    for (const event of facts.events) this.events.drop(accountId, event.id, event);
    for (const hold of facts.holds) this.holds.drop(accountId, hold.id, hold);
    for (const task of facts.tasks) this.tasks.drop(accountId, task.id, task);
    for (const member of facts.members) this.members.drop(accountId, member.id, member);
    for (const purchase of facts.purchases) this.purchases.drop(accountId, purchase.id, purchase);
    for (const invoice of facts.invoices) this.invoices.drop(accountId, invoice.id, invoice);
    for (const charge of facts.charges) this.charges.drop(accountId, charge.id, charge);
    for (const notice of facts.notices) this.notices.drop(accountId, notice.id, notice);
  }

  get answerCount(): number {
    return this.#queuedAnswers.length;
  }

  /** Since the file was opened. */
  get answersFolded(): number {
    return this.#answersFolded;
  }

  oldestAnswers(count: number): readonly KeptAnswer[] {
    return this.#queuedAnswers.oldest(count);
  }

  /** The oldest ones stand in their table now. */
  removeOldestAnswers(count: number): void {
    const oldest = this.oldestAnswers(count);
    for (const { accountId, key } of oldest) this.answers.delete(accountId, key);
    this.#queuedAnswers.drop(oldest.length);
    this.#answersFolded += oldest.length;
  }
}
