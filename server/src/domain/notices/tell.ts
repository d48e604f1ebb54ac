import { msPerDay } from '../../contract/values/durations.ts';
import { formatAmount, type Micros } from '../amounts/amounts.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { metricOf } from '../catalog/metric-of.ts';
import { availableOf, type CreditSums, creditSums } from '../credits/wallet.ts';
import type { Decision, DecisionContext } from '../decision.ts';
import { type Facts, noFacts } from '../facts.ts';
import { deriveId } from '../ids/derived-id.ts';
import { isExhausted } from '../invoices/collect.ts';
import type { UnpaidInvoice } from '../invoices/state.ts';
import { planOf, standingOf, usedCount } from '../limits/limits.ts';
import type { AccountState } from '../state.ts';
import type { SubscriptionState } from '../subscription/state.ts';
import { creditsMetric } from '../usage/cells.ts';
import { countedFromMs } from '../usage/cycles.ts';
import { type InvoiceNotice, type NoticeRecord, newNotice } from './state.ts';

/** A trial's end is told so long before it. */
export const trialNoticeMs = 3 * msPerDay;
/** Credits are low at so many percent of what their live grants were. */
export const lowCreditsPercent = 10n;

/** An account that was told something, and what. */
export interface Told {
  readonly state: AccountState;
  readonly notices: readonly NoticeRecord[];
}

interface Moment {
  readonly catalog: Catalog;
  /** By the account's clock. */
  readonly atMs: number;
  /** By the system's clock. */
  readonly recordedAtMs: number;
  /** Id of the command, or of the due change. */
  readonly causeId: string;
}

/**
 * Adds to a decision what the account is to be told of it; a refusal changes nothing and tells nothing. What was told is kept in the
 * state with it, so that no two decisions tell the same.
 */
export function withNotices<Outcome>(
  {
    state: before,
    catalog,
    nowMs,
    recordedAtMs,
    commandId,
  }: Pick<DecisionContext, 'state' | 'catalog' | 'nowMs' | 'recordedAtMs' | 'commandId'>,
  decision: Decision<Outcome>,
): Decision<Outcome> {
  if (decision.state === before) return decision;
  const moment = { catalog, atMs: nowMs, recordedAtMs, causeId: commandId };
  let { state } = decision;
  const notices: NoticeRecord[] = [];
  const take = (told: Told): void => {
    state = told.state;
    notices.push(...told.notices);
  };
  take(tellOfFacts(state, moment, decision.facts));
  take(tellChange(before, state, moment, decision.facts));
  take(tellCredits(before, state, moment, decision.facts));
  if (state === decision.state && notices.length === 0) return decision;
  const { facts } = decision;
  return { ...decision, state, facts: { ...facts, notices: [...facts.notices, ...notices] } };
}

/** The notices of a step from one state to the next but those of credits, whether a command caused it or it fell due. */
export function tellChange(
  before: AccountState,
  after: AccountState,
  moment: Moment,
  facts: Pick<Facts, 'entries' | 'invoices'> = noFacts,
): Told {
  let state = after;
  const notices: NoticeRecord[] = [];
  const take = (told: Told): void => {
    state = told.state;
    notices.push(...told.notices);
  };
  if (hasAlerts(after.subscription)) take(tellAlerts(state, moment));
  if (before.profile.planId !== after.profile.planId) notices.push(planNotice(before, after, moment));
  if (before.billing.unpaid !== after.billing.unpaid)
    notices.push(...invoiceNotices(before, after, moment, facts));
  return { state, notices };
}

/** When the end of a trial is told next; Infinity where it is not. */
export function trialNoticeAtMs({ subscription }: AccountState): number {
  const { status, trial, told } = subscription;
  if (status !== 'trial' || trial === null || told[trialKey] === trial.endsAtMs)
    return Number.POSITIVE_INFINITY;
  return Math.max(trial.startsAtMs, trial.endsAtMs - trialNoticeMs);
}

/** The account that was told when its trial ends. */
export function tellTrialEnd(state: AccountState, moment: Moment): Told {
  const { trial } = state.subscription;
  if (trial === null) return { state, notices: [] };
  const { endsAtMs, startsAtMs } = trial;
  const plan = planOf(state, moment.catalog);
  const notice = newNotice(state.profile.id, moment, {
    id: deriveId(deriveId('trial', startsAtMs), 'notice', String(endsAtMs)),
    subject: { type: 'trial.ending', planId: plan.id, planName: plan.name, endsAtMs },
  });
  return { state: withTold(state, { [trialKey]: endsAtMs }), notices: [notice] };
}

/**
 * Told of a trial is its end, so that one that is moved is told again; of credits it is the cycle's start, and
 * of an alert the instant from which the cycle's figures count.
 */
const trialKey = 'trial.ending';

function hasAlerts({ alerts }: SubscriptionState): boolean {
  for (const _ in alerts) return true;
  return false;
}

/** Thresholds that are reached and were not announced in this cycle, one notice for each metric. */
function tellAlerts(state: AccountState, moment: Moment): Told {
  const fromMs = countedFromMs(state);
  const { alerts, alertEmail, told } = state.subscription;
  const tells: Record<string, number> = {};
  const notices: NoticeRecord[] = [];
  for (const [metric, amounts] of Object.entries(alerts)) {
    const known = alertedOf(state, moment.catalog, metric);
    if (known === undefined) continue;
    const { label, used, isGauge } = known;
    const reached = amounts.filter((amount) => used >= amount && told[alertKey(metric, amount)] !== fromMs);
    const highest = reached.at(-1);
    if (highest === undefined) continue;
    for (const amount of reached) tells[alertKey(metric, amount)] = fromMs;
    notices.push(
      newNotice(state.profile.id, moment, {
        id: deriveId(deriveId('cycle', fromMs), 'notice', alertKey(metric, highest)),
        mailTo: alertEmail,
        subject: {
          type: 'usage.alert',
          metric,
          label,
          amounts: reached,
          used,
          resetsAtMs: isGauge ? null : state.usage.endsAtMs,
        },
      }),
    );
  }
  return notices.length === 0 ? { state, notices } : { state: withTold(state, tells), notices };
}

/** What an alert watches; undefined where the catalog does not have it any more. */
function alertedOf(
  state: AccountState,
  catalog: Catalog,
  metric: string,
): { readonly label: string; readonly used: Micros; readonly isGauge: boolean } | undefined {
  if (metric === creditsMetric) {
    const used = state.usage.spent[catalog.unit] ?? 0n;
    return { label: catalog.creditLabel.other, used, isGauge: false };
  }
  const known = metricOf(catalog, metric);
  if (known === undefined) return undefined;
  return { label: known.label, used: usedCount(state, catalog, metric), isGauge: known.kind === 'gauge' };
}

/** Under which it is kept that an amount of a metric was told. */
export function alertKey(metric: string, amount: bigint): string {
  return `alert~${metric}~${formatAmount(amount)}`;
}

/** The sums of the catalog's unit before and after a change, where they are known. */
interface SumsOfChange {
  readonly before: CreditSums;
  readonly after: CreditSums;
}

/**
 * Low and out are told once a cycle, and again after credits have come. What falls due at one instant is judged together, since the
 * credits of a cycle end before the next ones come.
 */
export function tellCredits(
  before: AccountState,
  after: AccountState,
  moment: Moment,
  { entries = [], sums }: Partial<Pick<Facts, 'entries'>> & { readonly sums?: SumsOfChange } = {},
): Told {
  if (before.wallet === after.wallet) return { state: after, notices: [] };
  const { unit } = moment.catalog;
  const { available, granted } = sums?.after ?? creditSums(after.wallet, unit);
  let state = after;
  if (entries.some(({ kind, amount }) => kind === 'grant' && amount > 0n))
    state = withoutTold(state, ['credits.low', 'credits.out']);
  if ((sums?.before.available ?? availableOf(before.wallet, unit)) <= available)
    return { state, notices: [] };
  if (available <= 0n) return tellOnce(state, { type: 'credits.out', unit, available }, moment);
  if (available * 100n > granted * lowCreditsPercent) return { state, notices: [] };
  return tellOnce(state, { type: 'credits.low', unit, available }, moment);
}

function tellOnce(
  state: AccountState,
  subject: Extract<NoticeRecord['subject'], { type: 'credits.low' | 'credits.out' }>,
  moment: Moment,
): Told {
  const { startsAtMs } = state.usage;
  const { type } = subject;
  if (state.subscription.told[type] === startsAtMs) return { state, notices: [] };
  // Credits that came in between make it another notice of the same cycle.
  const id = deriveId(deriveId('cycle', startsAtMs), 'notice', `${type}~${state.wallet.nextSeq}`);
  const notice = newNotice(state.profile.id, moment, { id, subject });
  // Who has nothing left need not be told afterwards that it is little.
  const tells = type === 'credits.out' ? { 'credits.low': startsAtMs } : {};
  return { state: withTold(state, { ...tells, [type]: startsAtMs }), notices: [notice] };
}

function tellOfFacts(state: AccountState, moment: Moment, { usage, purchases }: Facts): Told {
  let told: Told = { state, notices: [] };
  const seen = new Set<string>();
  for (const { counts } of usage)
    for (const { metric, quantity } of counts) {
      if (quantity <= 0n || seen.has(metric)) continue;
      seen.add(metric);
      const standing = standingOf(told.state, moment.catalog, metric);
      if (standing.refusesAt === null || standing.used + standing.held < standing.refusesAt) continue;
      const next = tellLimit(told.state, moment, metric);
      told = { state: next.state, notices: [...told.notices, ...next.notices] };
    }
  for (const { id: purchaseId, source, status, packId, failure } of purchases) {
    if (source !== 'top_up' || status !== 'failed') continue;
    const { retryAtMs } = state.topUp;
    const notice = newNotice(state.profile.id, moment, {
      id: deriveId(purchaseId, 'notice'),
      subject: { type: 'top_up.failed', purchaseId, packId, reason: failure ?? '', retryAtMs },
    });
    told = { state: told.state, notices: [...told.notices, notice] };
  }
  return told;
}

/** Once a cycle: that nothing more of the metric is let through. */
function tellLimit(state: AccountState, moment: Moment, metric: string): Told {
  const { startsAtMs } = state.usage;
  const key = `limit~${metric}`;
  if (state.subscription.told[key] === startsAtMs) return { state, notices: [] };
  const standing = standingOf(state, moment.catalog, metric);
  if (standing.refusesAt === null) return { state, notices: [] };
  const notice = newNotice(state.profile.id, moment, {
    id: deriveId(deriveId('cycle', startsAtMs), 'notice', key),
    subject: {
      type: 'usage.limit_reached',
      metric,
      label: metricOf(moment.catalog, metric)?.label ?? metric,
      limit: standing.refusesAt,
      used: standing.used + standing.held,
      limitOf: standing.ownLimit ? 'account' : standing.additionalUseLimit ? 'additional_use' : 'plan',
      resetsAtMs: standing.resetsAtMs,
    },
  });
  return { state: withTold(state, { [key]: startsAtMs }), notices: [notice] };
}

function planNotice(before: AccountState, after: AccountState, moment: Moment): NoticeRecord {
  const { planId: toPlanId, id } = after.profile;
  return newNotice(id, moment, {
    id: deriveId(moment.causeId, 'notice', toPlanId),
    subject: {
      type: 'plan.changed',
      fromPlanId: before.profile.planId,
      toPlanId,
      toPlanName: planOf(after, moment.catalog).name,
    },
  });
}

/** The steps of collection. They are mailed to the invoices' address, or else to the alert address. */
function invoiceNotices(
  before: AccountState,
  after: AccountState,
  moment: Moment,
  { invoices }: Pick<Facts, 'invoices'>,
): NoticeRecord[] {
  const mailTo = after.billing.buyer?.email ?? after.subscription.alertEmail;
  const notices: NoticeRecord[] = [];
  const add = (type: InvoiceNotice['type'], invoice: UnpaidInvoice, of: string, owed = true): void => {
    const { id: invoiceId, number, amountDue, currency, lastFailure, failures, nextChargeAtMs } = invoice;
    notices.push(
      newNotice(after.profile.id, moment, {
        id: deriveId(invoiceId, 'notice', of),
        mailTo,
        subject: {
          type,
          invoiceId,
          number,
          amountDue: owed ? amountDue : 0n,
          currency,
          reason: lastFailure,
          failures,
          nextChargeAtMs: owed ? nextChargeAtMs : null,
          actionUrl: invoice.charge?.actionUrl ?? null,
        },
      }),
    );
  };
  for (const now of after.billing.unpaid) {
    const was = before.billing.unpaid.find(({ id }) => id === now.id);
    if (now.failures > (was?.failures ?? 0))
      add(
        isExhausted(now) ? 'invoice.retries_exhausted' : 'invoice.payment_failed',
        now,
        `failed~${now.failures}`,
      );
    else if (now.isPastDue && was?.isPastDue !== true) add('invoice.past_due', now, 'past_due');
    if (now.charge?.status === 'needs_action' && was?.charge?.status !== 'needs_action')
      add('invoice.action_needed', now, `action~${now.attempts}`);
  }
  for (const was of before.billing.unpaid)
    if (was.isPastDue && invoices.some(({ id, status }) => id === was.id && status === 'paid'))
      add('invoice.paid', { ...was, charge: null }, 'paid', false);
  return notices;
}

/** The state with what it was told, without what it was told of cycles before. */
function withTold(state: AccountState, tells: Readonly<Record<string, number>>): AccountState {
  const { startsAtMs } = state.usage;
  const kept = Object.entries(state.subscription.told).filter(
    ([key, of]) => key === trialKey || of === startsAtMs,
  );
  return {
    ...state,
    subscription: { ...state.subscription, told: { ...Object.fromEntries(kept), ...tells } },
  };
}

function withoutTold(state: AccountState, keys: readonly string[]): AccountState {
  const { told } = state.subscription;
  if (!keys.some((key) => key in told)) return state;
  const kept = Object.fromEntries(Object.entries(told).filter(([key]) => !keys.includes(key)));
  return { ...state, subscription: { ...state.subscription, told: kept } };
}
