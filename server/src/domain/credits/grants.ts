import { apiBounds } from '../../contract/api-bounds.ts';
import type { GrantScope, GrantSource } from '../../contract/credits/credits.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import { activityOf } from '../activity/activity.ts';
import { formatAmount, type Micros } from '../amounts/amounts.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState } from '../state.ts';
import { entryWords } from '../stored-words/stored-names.ts';
import { recordEntry } from './ledger.ts';
import type { Grant, LedgerRecord } from './state.ts';
import { debtOf, termsOf, withDebt, withGrant } from './wallet.ts';

/** Priorities by source: plan credits first, then given ones, then bought ones. */
export const defaultPriority: Readonly<Record<GrantSource, number>> = {
  plan: 10,
  baseline: 20,
  sign_up: 20,
  promotional: 20,
  adjustment: 20,
  refund: 20,
  purchase: 30,
  top_up: 30,
};

/** Credits that are given. */
export interface GrantCommand {
  readonly id: string;
  readonly source: GrantSource;
  readonly label: string;
  readonly unit: CreditUnit;
  readonly amount: Micros;
  readonly priority: number;
  readonly scope: GrantScope;
  readonly expiresAtMs: number | null;
  /** Why, as the ledger shows it; the label by default. */
  readonly reason?: string;
}

interface Moment {
  readonly atMs: number;
  readonly recordedAtMs: number;
}

/**
 * Adds a grant, which first pays the debt in its unit. This is pure bookkeeping for commands and due changes; the entries' ids
 * derive from the grant's.
 */
export function addGrant(
  state: AccountState,
  command: GrantCommand,
  moment: Moment,
): { state: AccountState; entries: LedgerRecord[]; grant: Grant } {
  const grant: Grant = {
    id: command.id,
    source: command.source,
    label: command.label,
    unit: command.unit,
    amount: command.amount,
    remaining: command.amount,
    held: 0n,
    priority: command.priority,
    scope: command.scope,
    expiresAtMs: command.expiresAtMs,
    createdAtMs: moment.atMs,
  };
  const common = {
    accountId: state.profile.id,
    unit: command.unit,
    effectiveAtMs: moment.atMs,
    recordedAtMs: moment.recordedAtMs,
  };
  const granted = recordEntry(withGrant(state.wallet, grant), {
    ...common,
    id: deriveId(command.id, 'grant'),
    kind: 'grant',
    legs: [{ grantId: grant.id, amount: grant.amount }],
    description: command.reason ?? command.label,
    grant: termsOf(grant),
  });
  const entries = [granted.entry];
  let { wallet } = granted;
  let { paidDebts } = state;
  const debt = debtOf(wallet, command.unit);
  if (debt > 0n) {
    // A debt is paid by the next grant whatever its scope, since the use that made it is already past.
    const paid = debt < grant.amount ? debt : grant.amount;
    const after = paid === grant.amount ? [] : [{ ...grant, remaining: grant.remaining - paid }];
    wallet = {
      ...wallet,
      grants: wallet.grants.flatMap((other) => (other.id === grant.id ? after : [other])),
    };
    const payment = recordEntry(withDebt(wallet, command.unit, -paid), {
      ...common,
      id: deriveId(command.id, 'debt'),
      kind: 'debt_payment',
      legs: [{ grantId: grant.id, amount: -paid }],
      debt: paid,
      description: entryWords.debtPaid,
    });
    entries.push(payment.entry);
    wallet = payment.wallet;
    if (state.runningTasks > 0) paidDebts = [...paidDebts, { grant: termsOf(grant), amount: paid }];
  }
  const kept = wallet.grants.find((other) => other.id === grant.id) ?? { ...grant, remaining: 0n };
  return { state: { ...state, wallet, paidDebts }, entries, grant: kept };
}

/**
 * Grants credits.
 * @throws DomainError `count_limit_reached` beyond `apiBounds.liveGrantsMax`, `invalid_request` where the expiry has passed.
 */
export function decideGrant(context: DecisionContext, command: GrantCommand): Decision<Grant> {
  const { state, nowMs, recordedAtMs } = context;
  if (command.expiresAtMs !== null && command.expiresAtMs <= nowMs) {
    throw new DomainError(
      'invalid_request',
      "The grant's expiry has passed already",
      '/expiresAt',
      'an instant after the present',
    );
  }
  assertRoomForGrant(state);
  const added = addGrant(state, command, { atMs: nowMs, recordedAtMs });
  const activity = activityOf(context, {
    kind: 'credits_granted',
    event: {
      kind: 'credits_granted',
      amount: formatAmount(command.amount),
      unit: command.unit,
      label: command.label,
    },
    reason: command.reason ?? null,
  });
  return {
    outcome: added.grant,
    state: added.state,
    facts: { ...noFacts, entries: added.entries, activity: [activity] },
  };
}

/** @throws DomainError `count_limit_reached` beyond `apiBounds.liveGrantsMax`. */
export function assertRoomForGrant({ wallet }: Pick<AccountState, 'wallet'>): void {
  if (wallet.grants.length < apiBounds.liveGrantsMax) return;
  throw new DomainError(
    'count_limit_reached',
    `The account has ${apiBounds.liveGrantsMax} live grants, which is the maximum`,
  );
}
