import type { AccountInput, Item } from '@usagekit/server/contract';
import {
  type AccountState,
  addToSums,
  advance,
  availableOf,
  type Catalog,
  type ChargeRecord,
  createLedgerSums,
  type Decision,
  type DecisionContext,
  decideAdjustment,
  decideCreateAccount,
  decideGrant,
  decideUse,
  type Facts,
  findDrift,
  type InvoiceLineRecord,
  type InvoiceRecord,
  type LedgerRecord,
  type MemberRecord,
  type NoticeRecord,
  parseAmount,
  type UsageRecord,
  type UseOutcome,
  withInvoices,
  withNotices,
} from '@usagekit/server/domain';
import { expect } from 'vitest';
import { compiled } from '../../support/small-catalog.ts';

/** An instant from ISO 8601, in epoch milliseconds. */
export const at = (iso: string): number => Date.parse(iso);

/** One account with its ledger, on which decisions are made one after another as the engine would. */
export class AccountFixture {
  state: AccountState;
  readonly ledger: LedgerRecord[] = [];
  /** By id, in the order in which they were issued. */
  readonly invoices = new Map<string, InvoiceRecord>();
  readonly charges = new Map<string, ChargeRecord>();
  /** By id, with the records that take others back. */
  readonly usage = new Map<string, UsageRecord>();
  readonly #voided = new Set<string>();
  /** By id, in the order in which they were told. */
  readonly notices = new Map<string, NoticeRecord>();
  nowMs: number;
  catalog: Catalog;
  member: MemberRecord | undefined;
  readonly #catalogs = new Map<number, Catalog>();
  #commands = 0;

  constructor(input: AccountInput = {}, { catalog = compiled(), now = '2026-06-01T00:00:00.000Z' } = {}) {
    this.catalog = catalog;
    this.#catalogs.set(catalog.version, catalog);
    this.nowMs = at(now);
    const created = decideCreateAccount({
      id: 'acme',
      input,
      catalog,
      nowMs: this.nowMs,
      recordedAtMs: this.nowMs,
    });
    this.state = created.state;
    this.#take(created.facts);
  }

  /** Brings the account to the present, decides, and takes state and entries over. */
  decide<Outcome>(decision: (context: DecisionContext) => Decision<Outcome>): Outcome {
    this.settleDue();
    this.#commands += 1;
    const context: DecisionContext = {
      state: this.state,
      catalog: this.catalog,
      catalogAt: (version) => this.#catalogs.get(version) ?? this.catalog,
      member: this.member,
      nowMs: this.nowMs,
      recordedAtMs: this.nowMs,
      commandId: `command-${this.#commands}`,
    };
    const decided = withNotices(context, withInvoices(context, decision(context)));
    this.state = decided.state;
    this.#take(decided.facts);
    this.assertNoDrift();
    return decided.outcome;
  }

  settleDue(): void {
    const advanced = advance(this.state, this.catalog, this.nowMs, this.nowMs);
    this.state = advanced.state;
    this.#take(advanced.facts);
    this.assertNoDrift();
  }

  moveTo(iso: string): this {
    this.nowMs = at(iso);
    this.settleDue();
    return this;
  }

  use(items: Item[], dimensions = {}): UseOutcome {
    return this.decide((context) => decideUse(context, { items, dimensions }));
  }

  grant(amount: string, options: Partial<Parameters<typeof decideGrant>[1]> = {}) {
    const id = options.id ?? `grant-${this.#commands + 1}`;
    return this.decide((context) =>
      decideGrant(context, {
        source: 'purchase',
        label: id,
        unit: 'credits',
        priority: 30,
        scope: {},
        expiresAtMs: null,
        ...options,
        id,
        amount: parseAmount(amount),
      }),
    );
  }

  /** The same account under another version of the catalog. */
  withCatalog(catalog: Catalog): this {
    this.catalog = catalog;
    this.#catalogs.set(catalog.version, catalog);
    return this;
  }

  /** Takes everything and so much more, which is then owed. */
  owe(amount: string): void {
    const taken = availableOf(this.state.wallet, 'credits') + parseAmount(amount);
    this.decide((context) =>
      decideAdjustment(context, { amount: -taken, unit: 'credits', reason: 'Chargeback' }),
    );
  }

  /** Every line of every invoice so far, in order. */
  get lines(): readonly InvoiceLineRecord[] {
    return [...this.invoices.values()].flatMap(({ lines }) => lines);
  }

  /** Whether the use was taken back. */
  isVoid(usageId: string): boolean {
    return this.#voided.has(usageId);
  }

  #take({ entries, usage, invoices, charges, notices }: Facts): void {
    for (const use of usage) {
      this.usage.set(use.id, use);
      if (use.takesBack !== undefined) this.#voided.add(use.takesBack.usageId);
    }
    for (const notice of notices) {
      if (this.notices.has(notice.id)) throw new Error(`${notice.id} was told twice`);
      this.notices.set(notice.id, notice);
    }
    this.ledger.push(...entries);
    for (const invoice of invoices) this.invoices.set(invoice.id, invoice);
    for (const charge of charges) this.charges.set(charge.id, charge);
  }

  /** The ledger's sums are the balances, always. */
  assertNoDrift(): void {
    const sums = createLedgerSums();
    for (const entry of this.ledger) addToSums(sums, entry);
    expect(findDrift(this.state, sums)).toEqual([]);
  }
}
