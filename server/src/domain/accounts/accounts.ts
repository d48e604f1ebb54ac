import type { AccountInput } from '../../contract/accounts/account.ts';
import { apiBounds } from '../../contract/api-bounds.ts';
import { msPerDay } from '../../contract/values/durations.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { addGrant, defaultPriority } from '../credits/grants.ts';
import type { LedgerRecord } from '../credits/state.ts';
import { emptyWallet } from '../credits/wallet.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { withStanding } from '../invoices/collect.ts';
import { nothingBilled } from '../invoices/state.ts';
import { withInvoices } from '../invoices/with-invoices.ts';
import { planOf, unknownPlan } from '../limits/limits.ts';
import { idleTopUp } from '../purchases/state.ts';
import type { AccountState } from '../state.ts';
import { nameOfSource } from '../stored-words/stored-names.ts';
import { beginFirstPeriod } from '../subscription/billing/boundary.ts';
import { newSubscription } from '../subscription/billing/period.ts';
import { decideChangePlan } from '../subscription/plan/change-plan.ts';
import { inTrial, mayTry } from '../subscription/plan/trial.ts';
import { cycleAt, monthMidnightMs, timeZoneNamed } from '../time/calendar.ts';
import { freshCycle, grantPlanCredits } from '../usage/cycles.ts';
import { nothingOutsideCounters } from '../usage/state.ts';
import { advance } from './advance.ts';
import { giveBaseline } from './baseline.ts';
import type { Profile } from './state.ts';

/** What an account is made of. */
export interface CreateAccount {
  readonly id: string;
  readonly input: AccountInput;
  readonly catalog: Catalog;
  /** By the account's clock. */
  readonly nowMs: number;
  readonly recordedAtMs: number;
}

/**
 * Makes an account: its first cycle, the credits of its plan and what the catalog gives every account or, once, an
 * eligible one. An account that started in the past is brought to the present.
 * @throws DomainError `unknown_plan`, or `invalid_request` for a time zone or a start that lies ahead.
 */
export function decideCreateAccount({
  id,
  input,
  catalog,
  nowMs,
  recordedAtMs,
}: CreateAccount): Decision<'created'> {
  const timeZone = requireTimeZone(input.timeZone ?? 'UTC');
  const planId = input.planId ?? catalog.defaultPlanId;
  assertPlan(catalog, planId);
  const startedAtMs = input.startedAt === undefined ? nowMs : Date.parse(input.startedAt);
  if (startedAtMs > nowMs)
    throw new DomainError(
      'invalid_request',
      "The subscription's start is in the future",
      '/startedAt',
      'an instant not after the present',
    );
  if (startedAtMs < nowMs - apiBounds.daysAtOnceMax * msPerDay)
    throw new DomainError(
      'invalid_request',
      "The subscription's start is too long ago",
      '/startedAt',
      `an instant at most ${apiBounds.daysAtOnceMax} days back`,
    );
  const anchorAtMs =
    catalog.anchor === 'first_of_month' ? monthMidnightMs(startedAtMs, timeZone) : startedAtMs;
  const profile: Profile = {
    id,
    kind: input.kind ?? 'organization',
    name: input.name ?? id,
    timeZone,
    nextTimeZone: null,
    currency: input.currency ?? catalog.currency,
    planId,
    catalogVersion: catalog.version,
    anchorAtMs,
    testClockId: input.testClockId ?? null,
    signUpCreditEligible: input.signUpCreditEligible ?? false,
    moneyPreview: input.moneyPreview ?? false,
    createdAtMs: startedAtMs,
    ownKeys: {},
    ownLimits: {},
    autoTopUp: null,
    paymentMethod: null,
  };
  const usage = freshCycle({ gauges: {}, windows: {} }, cycleAt(anchorAtMs, timeZone, startedAtMs));
  const bare: AccountState = {
    profile,
    subscription: newSubscription(profile, usage, startedAtMs),
    billing: nothingBilled,
    wallet: emptyWallet,
    usage,
    earlierCycles: [],
    holds: [],
    runningTasks: 0,
    memberCount: 0,
    allocations: {},
    memberWindows: {},
    topUp: idleTopUp,
    paidDebts: [],
    outsideCounters: nothingOutsideCounters,
    baselineGiven: false,
    unpriced: null,
    version: 0,
  };
  const moment = { atMs: startedAtMs, recordedAtMs };
  const plan = planOf(bare, catalog);
  const tried = input.trial !== false && mayTry(bare, plan) ? inTrial(bare, plan, startedAtMs) : bare;
  const planned = grantPlanCredits(beginFirstPeriod(tried, catalog), catalog, recordedAtMs);
  const based = giveBaseline(planned.state, catalog, moment);
  const gifted = grantSignUpCredit(based.state, catalog, moment);
  const advanced = advance(gifted.state, catalog, nowMs, recordedAtMs);
  const entries = [...planned.entries, ...based.entries, ...gifted.entries, ...advanced.facts.entries];
  // An account that started before was billed elsewhere until now.
  if (startedAtMs < nowMs)
    return {
      outcome: 'created',
      state: withNothingBilled(advanced.state, catalog),
      facts: { ...advanced.facts, entries, invoices: [], charges: [], activity: [], notices: [] },
    };
  const billed = withInvoices({ catalog, nowMs }, { outcome: 'created' as const, ...advanced });
  return { ...billed, facts: { ...billed.facts, entries } };
}

function withNothingBilled(state: AccountState, catalog: Catalog): AccountState {
  const subscription = { ...state.subscription, billables: [] };
  return withStanding({ ...state, subscription, billing: nothingBilled }, catalog);
}

/** The sign-up credit of an eligible account. */
function grantSignUpCredit(
  state: AccountState,
  catalog: Catalog,
  moment: { atMs: number; recordedAtMs: number },
): { state: AccountState; entries: LedgerRecord[] } {
  if (catalog.signUpCredit === null || !state.profile.signUpCreditEligible) return { state, entries: [] };
  const { amount, unit, scope } = catalog.signUpCredit;
  return addGrant(
    state,
    {
      id: 'sign-up',
      source: 'sign_up',
      label: nameOfSource('sign_up'),
      unit,
      amount,
      priority: defaultPriority.sign_up,
      scope,
      expiresAtMs: null,
    },
    moment,
  );
}

/**
 * Changes the fields that are given. A time zone takes effect with the next cycle, and a plan at once, up or down, with what it
 * charges and gives back.
 * @throws DomainError `conflict` for a field that is fixed once the account is made, `unknown_plan`, `invalid_request`.
 */
export function decideChangeAccount(
  context: DecisionContext,
  input: AccountInput,
): Decision<'changed' | 'unchanged'> {
  const { state } = context;
  const { profile } = state;
  assertFixed(profile, input);
  const next = { ...profile };
  if (input.name !== undefined) next.name = input.name;
  if (input.moneyPreview !== undefined) next.moneyPreview = input.moneyPreview;
  if (input.timeZone !== undefined) {
    const timeZone = requireTimeZone(input.timeZone);
    next.nextTimeZone = timeZone === profile.timeZone ? null : timeZone;
  }
  const keys = ['name', 'moneyPreview', 'nextTimeZone'] as const;
  const isSame = keys.every((key) => next[key] === profile[key]);
  const changed = isSame ? state : { ...state, profile: next };
  if (input.planId !== undefined && input.planId !== profile.planId) {
    const change = { planId: input.planId, memberId: null, atOnce: true };
    return { ...decideChangePlan({ ...context, state: changed }, change), outcome: 'changed' };
  }
  return { outcome: isSame ? 'unchanged' : 'changed', state: changed, facts: noFacts };
}

function assertFixed(profile: Profile, input: AccountInput): void {
  const fixed: [string, unknown, unknown][] = [
    ['/kind', input.kind, profile.kind],
    ['/currency', input.currency, profile.currency],
    ['/testClockId', input.testClockId, profile.testClockId],
    ['/signUpCreditEligible', input.signUpCreditEligible, profile.signUpCreditEligible],
  ];
  for (const [pointer, given, present] of fixed) {
    if (given !== undefined && given !== present) {
      throw new DomainError(
        'conflict',
        `${pointer.slice(1)} is fixed once the account is made`,
        pointer,
        `${String(present)}, or nothing`,
      );
    }
  }
}

/** The zone as IANA writes it, whatever its case came in. */
function requireTimeZone(name: string): string {
  const timeZone = timeZoneNamed(name);
  if (timeZone !== null) return timeZone;
  throw new DomainError(
    'invalid_request',
    `'${name}' is not an IANA time zone`,
    '/timeZone',
    'an IANA time zone such as Europe/Berlin',
  );
}

function assertPlan(catalog: Catalog, planId: string): void {
  if (catalog.plans.has(planId)) return;
  throw unknownPlan(catalog, planId);
}
