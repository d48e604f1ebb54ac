import type { InvoiceParty } from '../../contract/invoices/invoices.ts';
import type { Profile } from '../accounts/state.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { Wallet } from '../credits/state.ts';
import type { OpenHold } from '../holds/state.ts';
import type { BillingState, PendingChange, UnpaidInvoice } from '../invoices/state.ts';
import type { TopUpProgress } from '../purchases/state.ts';
import type { AccountState } from '../state.ts';
import type { Contract, ScheduledChange, SubscriptionState } from '../subscription/state.ts';
import type { CycleUsage } from '../usage/state.ts';
import {
  account,
  address,
  by,
  each,
  eraseFields,
  type FieldRules,
  goneWithAccount,
  member,
  ofAccount,
  orNull,
  words,
} from './erase-fields.ts';
import { dimensions, grant, leg, part } from './erase-records.ts';
import type { Eraser } from './eraser.ts';

/** Erases a member from the account's state. */
export function eraseInState(eraser: Eraser, state: AccountState): AccountState {
  return eraseFields(stateRules, eraser, state);
}

/** The account under its pseudonym: every figure as it stood, nobody's name, and nothing that could go on. */
export function eraseAccount(eraser: Eraser, state: AccountState, atMs: number): AccountState {
  const { erasing: _, ...rest } = eraseInState(eraser, state);
  return { ...rest, erasedAtMs: atMs };
}

const ownKeyRules: FieldRules<Profile['ownKeys'][string], 'lastFour'> = { label: words };

const profileRules: FieldRules<
  Profile,
  | 'kind'
  | 'timeZone'
  | 'nextTimeZone'
  | 'currency'
  | 'planId'
  | 'catalogVersion'
  | 'anchorAtMs'
  | 'testClockId'
  | 'signUpCreditEligible'
  | 'moneyPreview'
  | 'createdAtMs'
  | 'ownLimits'
> = {
  id: account,
  // The account's own name is the host's to change while the account goes on.
  name: ofAccount(account),
  ownKeys: (keys, eraser) =>
    eraser.erasing.subject === 'account'
      ? {}
      : mapValues(keys, (key) => eraseFields(ownKeyRules, eraser, key)),
  autoTopUp: goneWithAccount,
  paymentMethod: goneWithAccount,
};

const scheduledRules: FieldRules<ScheduledChange, 'kind' | 'planId' | 'interval' | 'catalogVersion'> = {
  memberId: orNull(member),
};

const contractRules: FieldRules<Contract, 'terms'> = { label: words };

const subscriptionRules: FieldRules<
  SubscriptionState,
  | 'status'
  | 'pausedFor'
  | 'interval'
  | 'period'
  | 'trial'
  | 'agreedPrice'
  | 'seats'
  | 'seatsTaken'
  | 'addOns'
  | 'dedicatedIps'
  | 'nextDedicatedIp'
  | 'additionalUse'
  | 'alerts'
  | 'told'
  | 'billables'
  | 'periodTotal'
> = {
  scheduled: orNull(by(scheduledRules)),
  contract: orNull(by(contractRules)),
  alertEmail: address,
};

const unpaidRules: FieldRules<
  UnpaidInvoice,
  | 'id'
  | 'number'
  | 'currency'
  | 'amountDue'
  | 'issuedAtMs'
  | 'dueAtMs'
  | 'isPastDue'
  | 'attempts'
  | 'failures'
  | 'charge'
> = {
  nextChargeAtMs: goneWithAccount,
  lastFailure: orNull(words),
};

const pendingChangeRules: FieldRules<
  PendingChange,
  'chargeId' | 'change' | 'commandId' | 'orderedAtMs' | 'charge'
> = {
  memberId: orNull(member),
};

const buyerRules: FieldRules<InvoiceParty, 'name' | 'taxId'> = {
  addressLines: (lines, eraser) => lines.map((line) => words(line, eraser)),
  email: address,
};

const billingRules: FieldRules<BillingState, 'numbered' | 'carried' | 'unbilled'> = {
  // Invoices of an account that goes on need the name of their buyer.
  buyer: (buyer, eraser) =>
    buyer === null || eraser.erasing.subject === 'account' ? null : eraseFields(buyerRules, eraser, buyer),
  unpaid: each(by(unpaidRules)),
  pendingChange: orNull(by(pendingChangeRules)),
};

const usageRules: FieldRules<
  CycleUsage,
  | 'startsAtMs'
  | 'endsAtMs'
  | 'index'
  | 'counters'
  | 'gauges'
  | 'spent'
  | 'invoiced'
  | 'invoicedFromMs'
  | 'carried'
  | 'windows'
  | 'terms'
> = {
  byMember: (byMetric, eraser) => mapValues(byMetric, (used) => withKeys(used, eraser.memberId, add)),
};

const openHoldRules: FieldRules<
  OpenHold,
  | 'id'
  | 'taskId'
  | 'unit'
  | 'amount'
  | 'settled'
  | 'counts'
  | 'catalogVersion'
  | 'modelFactor'
  | 'createdAtMs'
  | 'expiresAtMs'
> = {
  legs: each(leg),
  dimensions,
};

const topUpRules: FieldRules<
  TopUpProgress,
  'inFlightPurchaseId' | 'chargesThisCycle' | 'creditsThisCycle' | 'failures' | 'retryAtMs' | 'awaitsRise'
> = {
  lastFailure: orNull(words),
};

const walletRules: FieldRules<Wallet, 'debts' | 'carry' | 'nextSeq'> = { grants: each(grant) };

const stateRules: FieldRules<
  AccountState,
  | 'earlierCycles'
  | 'runningTasks'
  | 'memberCount'
  | 'outsideCounters'
  | 'baselineGiven'
  | 'unpriced'
  | 'erasing'
  | 'erasedAtMs'
  | 'version'
> = {
  profile: by(profileRules),
  subscription: by(subscriptionRules),
  billing: by(billingRules),
  wallet: by(walletRules),
  usage: by(usageRules),
  holds: each(by(openHoldRules)),
  allocations: (byMember, eraser) => withKeys(byMember, eraser.memberId, (first) => first),
  memberWindows: (byMember, eraser) => withKeys(byMember, eraser.memberId, (first) => first),
  topUp: by(topUpRules),
  paidDebts: each(part),
};

/** Whether the account as a whole is being erased or was: it decides nothing more. */
export function isClosedByErasure({ erasing, erasedAtMs }: AccountState): boolean {
  return erasedAtMs !== undefined || erasing?.some(({ subject }) => subject === 'account') === true;
}

export function isMemberBeingErased({ erasing }: AccountState, memberId: string): boolean {
  return erasing?.some(({ subject, id }) => subject === 'member' && id === memberId) === true;
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
