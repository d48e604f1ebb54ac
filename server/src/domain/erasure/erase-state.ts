import type { Micros } from '../amounts/amounts.ts';
import type { AccountState } from '../state.ts';
import { eraseDimensions, eraseLegs, erasePart, eraseTerms } from './erase-records.ts';
import { type Eraser, erasedText } from './eraser.ts';

/** Erases a member from the account's state. */
export function eraseInState(eraser: Eraser, state: AccountState): AccountState {
  const { subscription, usage, billing } = state;
  const { scheduled, alertEmail } = subscription;
  const { pendingChange } = billing;
  return {
    ...state,
    wallet: {
      ...state.wallet,
      grants: state.wallet.grants.map((grant) => eraseTerms(eraser, grant)),
    },
    usage: {
      ...usage,
      byMember: mapValues(usage.byMember, (used) => withKeys(used, eraser.memberId, add)),
    },
    holds: state.holds.map((hold) => ({
      ...hold,
      dimensions: eraseDimensions(eraser, hold.dimensions),
      legs: eraseLegs(eraser, hold.legs),
    })),
    allocations: withKeys(state.allocations, eraser.memberId, (first) => first),
    memberWindows: withKeys(state.memberWindows, eraser.memberId, (first) => first),
    paidDebts: state.paidDebts.map((part) => erasePart(eraser, part)),
    subscription: {
      ...subscription,
      scheduled: scheduled && { ...scheduled, memberId: member(eraser, scheduled.memberId) },
      alertEmail: alertEmail === null || eraser.text(alertEmail) !== alertEmail ? null : alertEmail,
    },
    billing: {
      ...billing,
      pendingChange: pendingChange && {
        ...pendingChange,
        memberId: member(eraser, pendingChange.memberId),
      },
    },
  };
}

/** The account under its pseudonym: every figure as it stood, nobody's name, and nothing that could go on. */
export function eraseAccount(eraser: Eraser, state: AccountState, atMs: number): AccountState {
  const { erasing: _, ...rest } = eraseInState(eraser, state);
  return {
    ...rest,
    erasedAtMs: atMs,
    profile: {
      ...rest.profile,
      id: eraser.accountId,
      name: eraser.accountId,
      ownKeys: {},
      autoTopUp: null,
      paymentMethod: null,
    },
    subscription: {
      ...rest.subscription,
      contract: rest.subscription.contract && { ...rest.subscription.contract, label: erasedText },
      alertEmail: null,
    },
    billing: {
      ...rest.billing,
      buyer: null,
      unpaid: rest.billing.unpaid.map((invoice) => ({
        ...invoice,
        lastFailure: invoice.lastFailure && erasedText,
        nextChargeAtMs: null,
      })),
    },
    topUp: { ...rest.topUp, lastFailure: rest.topUp.lastFailure && erasedText },
  };
}

/** Whether the account as a whole is being erased or was: it decides nothing more. */
export function isClosedByErasure({ erasing, erasedAtMs }: AccountState): boolean {
  return erasedAtMs !== undefined || erasing?.some(({ subject }) => subject === 'account') === true;
}

export function isMemberBeingErased({ erasing }: AccountState, memberId: string): boolean {
  return erasing?.some(({ subject, id }) => subject === 'member' && id === memberId) === true;
}

function member(eraser: Eraser, memberId: string | null): string | null {
  return memberId === null ? null : eraser.memberId(memberId);
}

function add(first: Micros, second: Micros): Micros {
  return first + second;
}

/** The same record under other keys; `join` where two come to one. */
function withKeys<Value>(
  record: Readonly<Record<string, Value>>,
  keyOf: (key: string) => string,
  join: (first: Value, second: Value) => Value,
): Readonly<Record<string, Value>> {
  const entries = new Map<string, Value>();
  for (const [key, value] of Object.entries(record)) {
    const known = entries.get(keyOf(key));
    entries.set(keyOf(key), known === undefined ? value : join(known, value));
  }
  return Object.fromEntries(entries);
}

function mapValues<Value>(
  record: Readonly<Record<string, Value>>,
  of: (value: Value) => Value,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, of(value)]));
}
