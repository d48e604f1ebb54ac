import { type Micros, sumOf } from '../amounts/amounts.ts';
import type { AccountState } from '../state.ts';
import type { LedgerRecord } from './state.ts';
import { availableOf, heldOf } from './wallet.ts';

/** One balance that is not the sum of its entries. */
export interface Drift {
  readonly accountId: string;
  /** The figure that drifted: `grant <id>`, `debt <unit>`, `available <unit>`, `sequence`. */
  readonly subject: string;
  readonly expected: string;
  readonly found: string;
}

/** Sums of a ledger that grow entry by entry, so that a long ledger need not be held in memory. */
export interface LedgerSums {
  readonly grants: Map<string, Micros>;
  readonly debts: Map<string, Micros>;
  readonly available: Map<string, Micros>;
  /** The sum of debits for uses. */
  readonly debits: Map<string, Micros>;
  count: number;
  /** Drift seen within the ledger itself: an amount that is not the sum of its parts. */
  readonly drifts: Drift[];
}

/** Sums before anything of a ledger is read. */
export function createLedgerSums(): LedgerSums {
  return {
    grants: new Map(),
    debts: new Map(),
    available: new Map(),
    debits: new Map(),
    count: 0,
    drifts: [],
  };
}

const add = (sums: Map<string, Micros>, key: string, amount: Micros) =>
  sums.set(key, (sums.get(key) ?? 0n) + amount);

/** Adds one entry, in any order. */
export function addToSums(sums: LedgerSums, entry: LedgerRecord): void {
  sums.count += 1;
  for (const leg of entry.legs) add(sums.grants, leg.grantId, leg.amount);
  if (entry.debt !== 0n) add(sums.debts, entry.unit, -entry.debt);
  add(sums.available, entry.unit, entry.amount);
  if (entry.kind === 'debit' && entry.usageId !== null) add(sums.debits, entry.unit, -entry.amount);
  const parts = sumOf(entry.legs.map((leg) => leg.amount)) + entry.debt;
  if (parts !== entry.amount) {
    sums.drifts.push({
      accountId: entry.accountId,
      subject: `entry ${entry.id}`,
      expected: parts.toString(),
      found: entry.amount.toString(),
    });
  }
}

/**
 * Compares an account's live balances with the sums of its whole ledger: every grant, every debt series, the available amount of
 * every unit, and the number of entries. An empty result means no drift.
 */
export function findDrift(state: AccountState, sums: LedgerSums): Drift[] {
  const drifts = [...sums.drifts];
  const compare = (subject: string, expected: Micros | number, found: Micros | number) => {
    if (expected !== found)
      drifts.push({
        accountId: state.profile.id,
        subject,
        expected: expected.toString(),
        found: found.toString(),
      });
  };
  const live = new Map(state.wallet.grants.map((grant) => [grant.id, grant.remaining]));
  for (const grantId of new Set([...sums.grants.keys(), ...live.keys()])) {
    compare(`grant ${grantId}`, sums.grants.get(grantId) ?? 0n, live.get(grantId) ?? 0n);
  }
  for (const unit of new Set([...sums.debts.keys(), ...Object.keys(state.wallet.debts)])) {
    compare(`debt ${unit}`, sums.debts.get(unit) ?? 0n, state.wallet.debts[unit] ?? 0n);
  }
  for (const unit of new Set([...sums.available.keys(), ...state.wallet.grants.map((grant) => grant.unit)])) {
    compare(`available ${unit}`, sums.available.get(unit) ?? 0n, availableOf(state.wallet, unit));
    const setAside = sumOf(
      state.holds.filter((hold) => hold.unit === unit).flatMap((hold) => hold.legs.map((leg) => leg.amount)),
    );
    compare(`held ${unit}`, setAside, heldOf(state.wallet, unit));
  }
  compare('sequence', sums.count, state.wallet.nextSeq - 1);
  return drifts;
}
