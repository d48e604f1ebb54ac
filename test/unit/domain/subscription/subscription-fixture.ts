import type { AccountInput, CatalogConfig, SubscriptionCommand } from '@usagekit/server/contract';
import {
  availableOf,
  type BillableFact,
  DomainError,
  decidePaymentMethod,
  decideSubscription,
  formatAmount,
  type SubscriptionOutcome,
} from '@usagekit/server/domain';
import { plansCatalog } from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

export interface Setting extends Partial<CatalogConfig> {
  readonly now?: string;
  readonly account?: AccountInput;
}

/** An account in June, a month of 30 days that is its period, on a plan of the catalog with other settings. */
export class SubscriptionFixture extends AccountFixture {
  constructor(planId: string, { now = '2026-06-01T00:00:00.000Z', account = {}, ...settings }: Setting = {}) {
    super({ planId, ...account }, { catalog: plansCatalog(settings), now });
  }

  get subscription() {
    return this.state.subscription;
  }

  /** What the latest command that was carried out told. */
  get last(): SubscriptionOutcome {
    if (this.#last === undefined) throw new Error('No command was carried out yet');
    return this.#last;
  }

  #last: SubscriptionOutcome | undefined;

  /** Carries out a command, as the product team or as a member. */
  run(command: SubscriptionCommand, memberId: string | null = null): SubscriptionOutcome {
    this.#last = this.decide((context) => decideSubscription(context, command, memberId));
    return this.#last;
  }

  /** The code and the place of the refusal; null where the command was carried out. */
  refusal(command: SubscriptionCommand, memberId: string | null = null): string | null {
    const before = this.state;
    try {
      this.run(command, memberId);
      return null;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (this.state !== before) throw new Error('A refusal changed the account', { cause: error });
      return `${error.code} ${error.pointer}`;
    }
  }

  /** Adds a card that can be charged. */
  addCard(): this {
    const card = { id: 'card-1', kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true } as const;
    this.decide((context) => decidePaymentMethod(context, card, null));
    return this;
  }

  /** Whether the use passes, and why not. */
  gate(metric: string, quantity: string): string {
    const answer = this.use([{ metric, quantity }]);
    return answer.outcome === 'refused' ? answer.refusal.reason : 'allowed';
  }

  get credits(): string {
    return formatAmount(availableOf(this.state.wallet, 'credits'));
  }

  /** What was invoiced so far, in words, without so many lines at the beginning. */
  billed(from = 0): string[] {
    return this.lines.slice(from).map(({ subject, amount }) => `${subject} ${formatAmount(amount)}`);
  }
}

export function linesOf(facts: readonly BillableFact[]): string[] {
  return facts.map(({ label, amount }) => `${label} ${formatAmount(amount)}`);
}
