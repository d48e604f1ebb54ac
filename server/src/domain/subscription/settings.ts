import type { ActivityEvent } from '../../contract/activity/activity.ts';
import { formatAmount, type Micros } from '../amounts/amounts.ts';
import type { AdditionalUse, Catalog } from '../catalog/catalog-types.ts';
import { unknownMetric } from '../catalog/metric-of.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { acceptedIds } from '../ids/accepted-ids.ts';
import { planOf } from '../limits/limits.ts';
import { creditsMetric } from '../usage/cells.ts';
import { decided, type SubscriptionOutcome } from './outcome.ts';
import type { SubscriptionState } from './state.ts';

export interface SetAdditionalUse {
  readonly metric: string;
  readonly use: AdditionalUse;
  readonly memberId: string | null;
}

/**
 * Sets additional use of a metric: off, capped or unlimited. It lives on from cycle to cycle.
 * @throws DomainError `unknown_metric`; `invalid_request` where the plan lets nothing be set.
 */
export function decideAdditionalUse(
  context: DecisionContext,
  { metric, use, memberId }: SetAdditionalUse,
): Decision<SubscriptionOutcome> {
  const { state, catalog } = context;
  const label = labelOf(catalog, metric);
  const { limits, name } = planOf(state, catalog);
  if ((limits.get(metric)?.additionalUse ?? null) === null)
    throw new DomainError(
      'invalid_request',
      `The plan ${name} has no setting for additional use of ${label}`,
      '/metric',
      acceptedIds(
        [...limits.values()].flatMap((limit) => (limit.additionalUse === null ? [] : limit.metric)),
        'no metric',
      ),
    );
  const cap = use.mode === 'capped' ? formatAmount(use.cap) : null;
  const event = { kind: 'additional_use_set', label, mode: use.mode, cap } as const;
  return change(context, memberId, event, {
    additionalUse: { ...state.subscription.additionalUse, [metric]: use },
  });
}

export interface SetOwnLimit {
  readonly metric: string;
  /** Null takes it away. */
  readonly limit: Micros | null;
  readonly memberId: string | null;
}

/**
 * Sets the account's own hard limit for a metric. A limit below the present use blocks at once, and the answer says so.
 * @throws DomainError `unknown_metric`.
 */
export function decideOwnLimit(
  context: DecisionContext,
  { metric, limit, memberId }: SetOwnLimit,
): Decision<SubscriptionOutcome> {
  const { state, catalog } = context;
  const label = labelOf(catalog, metric);
  const { [metric]: _, ...others } = state.profile.ownLimits;
  const ownLimits = limit === null ? others : { ...others, [metric]: limit };
  return decided(context, {
    state: { ...state, profile: { ...state.profile, ownLimits } },
    takesEffect: 'now',
    event:
      limit === null
        ? { kind: 'own_limit_removed', label }
        : { kind: 'own_limit_set', label, limit: formatAmount(limit) },
    memberId,
  });
}

export interface SetAlerts {
  /** A metric id, or `credits` for what is charged. */
  readonly metric: string;
  /** None takes them away. */
  readonly amounts: readonly Micros[];
  readonly memberId: string | null;
}

/**
 * Sets the alert thresholds of a metric, or of credits; each alerts once per cycle. One that is reached already is told with it.
 * @throws DomainError `unknown_metric`.
 */
export function decideAlerts(
  context: DecisionContext,
  { metric, amounts, memberId }: SetAlerts,
): Decision<SubscriptionOutcome> {
  const { state, catalog } = context;
  const label =
    metric === creditsMetric ? catalog.creditLabel.other : labelOf(catalog, metric, [creditsMetric]);
  const ascending = [...new Set(amounts)].sort((a, b) => (a < b ? -1 : 1));
  const { [metric]: _, ...others } = state.subscription.alerts;
  const alerts = ascending.length === 0 ? others : { ...others, [metric]: ascending };
  return change(
    context,
    memberId,
    { kind: 'alerts_set', label, amounts: ascending.map(formatAmount) },
    { alerts },
  );
}

/** Sets where alerts are mailed to; null for nowhere. */
export function decideAlertEmail(
  context: DecisionContext,
  { email, memberId }: { readonly email: string | null; readonly memberId: string | null },
): Decision<SubscriptionOutcome> {
  const kind = email === null ? 'alert_mail_removed' : 'alert_mail_set';
  return change(context, memberId, { kind }, { alertEmail: email });
}

function labelOf(catalog: Catalog, metric: string, others?: readonly string[]): string {
  const known = catalog.metrics.get(metric);
  if (known !== undefined) return known.label;
  throw unknownMetric(catalog, metric, '/metric', others);
}

function change(
  context: DecisionContext,
  memberId: string | null,
  event: ActivityEvent,
  changed: Partial<SubscriptionState>,
): Decision<SubscriptionOutcome> {
  const { state } = context;
  return decided(context, {
    state: { ...state, subscription: { ...state.subscription, ...changed } },
    takesEffect: 'now',
    event,
    memberId,
  });
}
