import type { GrantScope, GrantSource, LedgerKind } from '../../contract/credits/credits.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import type { Micros } from '../amounts/amounts.ts';

/** Credits that were given together and end together. */
export interface Grant {
  readonly id: string;
  readonly source: GrantSource;
  readonly label: string;
  readonly unit: CreditUnit;
  readonly amount: Micros;
  /** The spendable part, without held amounts. */
  readonly remaining: Micros;
  /** The part set aside by open holds. */
  readonly held: Micros;
  readonly priority: number;
  readonly scope: GrantScope;
  /** Half-open: at this instant it is over. Null never. */
  readonly expiresAtMs: number | null;
  readonly createdAtMs: number;
}

/** The terms of a grant, without its remaining amount: enough to restore a grant that has been used up. */
export type GrantTerms = Omit<Grant, 'remaining' | 'held'>;

/** So much of a grant, which need not be live any more. */
export interface GrantPart {
  readonly grant: GrantTerms;
  readonly amount: Micros;
}

/** Everything that an account has and owes. */
export interface Wallet {
  /** Live grants in burn order. A grant leaves when nothing of it remains or is held. */
  readonly grants: readonly Grant[];
  /** Debts, by unit: one debt series each. */
  readonly debts: Readonly<Record<string, Micros>>;
  /** Use below a millionth that is not charged yet, by unit, in parts of a millionth (`partsPerMicro`). */
  readonly carry: Readonly<Record<string, bigint>>;
  /** Sequence number of the account's next ledger entry. */
  readonly nextSeq: number;
}

/** A part of a debit, hold or release, by grant. */
export interface GrantLeg {
  readonly grantId: string;
  readonly amount: Micros;
}

/** One entry of the append-only ledger. `seq` orders an account's entries, without gaps, from 1. */
export interface LedgerRecord {
  readonly id: string;
  readonly accountId: string;
  readonly seq: number;
  readonly kind: LedgerKind;
  readonly unit: CreditUnit;
  /** Signed: what it adds to Available; the sum of its legs and of its debt part. */
  readonly amount: Micros;
  readonly legs: readonly GrantLeg[];
  /** Its change of the account's debt balance; a new debt of 5 is -5. */
  readonly debt: Micros;
  readonly balanceAfter: Micros;
  readonly description: string;
  /** The usage record that it pays for. */
  readonly usageId: string | null;
  readonly memberId: string | null;
  readonly agentId: string | null;
  readonly taskId: string | null;
  readonly holdId: string | null;
  readonly effectiveAtMs: number;
  readonly recordedAtMs: number;
  /** For an entry that adds a grant: the grant's terms, by which it can be restored after it has left the wallet. */
  readonly grant?: GrantTerms;
}
