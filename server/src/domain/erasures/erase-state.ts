import type { Profile } from '../accounts/state.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { OpenHold } from '../holds/state.ts';
import type { BillingState, PendingChange, UnpaidInvoice } from '../invoices/state.ts';
import type { TopUpProgress } from '../purchases/state.ts';
import type { AccountState } from '../state.ts';
import type { ScheduledChange, SubscriptionState } from '../subscription/state.ts';
import type { CycleUsage } from '../usage/state.ts';
import {
  account,
  address,
  by,
  each,
  eraseFields,
  type FieldRules,
  goneWithAccount,
  keep,
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

const profileRules: FieldRules<Profile> = {
  id: account,
  kind: keep,
  // The account's own name is the host's to change while the account goes on.
  name: ofAccount(account),
  timeZone: keep,
  nextTimeZone: keep,
  currency: keep,
  planId: keep,
  catalogVersion: keep,
  anchorAtMs: keep,
  testClockId: keep,
  signUpCreditEligible: keep,
  moneyPreview: keep,
  createdAtMs: keep,
  ownKeys: (keys, eraser) =>
    eraser.erasing.subject === 'account'
      ? {}
      : mapValues(keys, (key) => eraseFields({ label: words, lastFour: keep }, eraser, key)),
  ownLimits: keep,
  autoTopUp: goneWithAccount,
  paymentMethod: goneWithAccount,
};

const scheduledRules: FieldRules<ScheduledChange> = {
  kind: keep,
  planId: keep,
  interval: keep,
  catalogVersion: keep,
  memberId: orNull(member),
};

const subscriptionRules: FieldRules<SubscriptionState> = {
  status: keep,
  pausedFor: keep,
  interval: keep,
  period: keep,
  trial: keep,
  scheduled: orNull(by(scheduledRules)),
  contract: orNull(by({ terms: keep, label: words })),
  agreedPrice: keep,
  seats: keep,
  seatsTaken: keep,
  addOns: keep,
  dedicatedIps: keep,
  nextDedicatedIp: keep,
  additionalUse: keep,
  alerts: keep,
  alertEmail: address,
  told: keep,
  billables: keep,
  periodTotal: keep,
};

const unpaidRules: FieldRules<UnpaidInvoice> = {
  id: keep,
  number: keep,
  currency: keep,
  amountDue: keep,
  issuedAtMs: keep,
  dueAtMs: keep,
  isPastDue: keep,
  attempts: keep,
  failures: keep,
  nextChargeAtMs: goneWithAccount,
  charge: keep,
  lastFailure: orNull(words),
};

const pendingChangeRules: FieldRules<PendingChange> = {
  chargeId: keep,
  change: keep,
  memberId: orNull(member),
  commandId: keep,
  orderedAtMs: keep,
  charge: keep,
};

const billingRules: FieldRules<BillingState> = {
  // Invoices of an account that goes on need their buyer.
  buyer: goneWithAccount,
  numbered: keep,
  carried: keep,
  unbilled: keep,
  unpaid: each(by(unpaidRules)),
  pendingChange: orNull(by(pendingChangeRules)),
};

const usageRules: FieldRules<CycleUsage> = {
  startsAtMs: keep,
  endsAtMs: keep,
  index: keep,
  counters: keep,
  gauges: keep,
  spent: keep,
  invoiced: keep,
  invoicedFromMs: keep,
  carried: keep,
  byMember: (byMetric, eraser) => mapValues(byMetric, (used) => withKeys(used, eraser.memberId, add)),
  windows: keep,
  terms: keep,
};

const openHoldRules: FieldRules<OpenHold> = {
  id: keep,
  taskId: keep,
  unit: keep,
  amount: keep,
  legs: each(leg),
  settled: keep,
  counts: keep,
  dimensions,
  catalogVersion: keep,
  modelFactor: keep,
  createdAtMs: keep,
  expiresAtMs: keep,
};

const topUpRules: FieldRules<TopUpProgress> = {
  inFlightPurchaseId: keep,
  chargesThisCycle: keep,
  creditsThisCycle: keep,
  failures: keep,
  retryAtMs: keep,
  lastFailure: orNull(words),
  awaitsRise: keep,
};

const stateRules: FieldRules<AccountState> = {
  profile: by(profileRules),
  subscription: by(subscriptionRules),
  billing: by(billingRules),
  wallet: by({ grants: each(grant), debts: keep, carry: keep, nextSeq: keep }),
  usage: by(usageRules),
  earlierCycles: keep,
  holds: each(by(openHoldRules)),
  runningTasks: keep,
  memberCount: keep,
  allocations: (byMember, eraser) => withKeys(byMember, eraser.memberId, (first) => first),
  memberWindows: (byMember, eraser) => withKeys(byMember, eraser.memberId, (first) => first),
  topUp: by(topUpRules),
  paidDebts: each(part),
  outsideCounters: keep,
  baselineGiven: keep,
  unpriced: keep,
  erasing: keep,
  erasedAtMs: keep,
  version: keep,
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
