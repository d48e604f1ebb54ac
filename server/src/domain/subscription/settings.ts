import { formatAmount } from '../amounts/amounts.ts';
import type { AdditionalUse, Catalog } from '../catalog/catalog-types.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { planOf } from '../limits/limits.ts';
import type { Micros } from '../state.ts';
import { decided, type SubscriptionOutcome } from './outcome.ts';
import type { SubscriptionState } from './state.ts';

export interface SetAdditionalUse {
  readonly metric: string;
  readonly use: AdditionalUse;
  readonly memberId: string | null;
}

/**
 * Sets whether use of a metric beyond its allowance goes on. It lives on from cycle to cycle.
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
      [...limits.values()]
        .flatMap((limit) => (limit.additionalUse === null ? [] : limit.metric))
        .join(', ') || 'no metric',
    );
  const words = use.mode === 'capped' ? `up to ${formatAmount(use.cap)}` : use.mode;
  return change(context, memberId, `Additional use of ${label}: ${words}`, {
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
 * Sets the hard limit that the account gives itself for a metric. One that is below what is used blocks at once, and is told so.
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
  const words = limit === null ? 'no limit of its own' : `limited to ${formatAmount(limit)}`;
  return decided(context, {
    state: { ...state, profile: { ...state.profile, ownLimits } },
    takesEffect: 'now',
    description: `${label}: ${words}`,
    memberId,
  });
}

function labelOf({ metrics }: Catalog, metric: string): string {
  const known = metrics.get(metric);
  if (known !== undefined) return known.label;
  throw new DomainError(
    'unknown_metric',
    `The catalog has no metric '${metric}'`,
    '/metric',
    [...metrics.keys()].join(', '),
  );
}

function change(
  context: DecisionContext,
  memberId: string | null,
  description: string,
  changed: Partial<SubscriptionState>,
): Decision<SubscriptionOutcome> {
  const { state } = context;
  return decided(context, {
    state: { ...state, subscription: { ...state.subscription, ...changed } },
    takesEffect: 'now',
    description,
    memberId,
  });
}
