import type { Refusal } from '../../contract/gate/gate.ts';
import type { PauseCause } from '../../contract/usage/usage.ts';
import type { ShownUnit } from '../../contract/values/amount.ts';
import { formatAmount, type Micros } from '../../domain/amounts/amounts.ts';
import { capitalised } from '../../domain/catalog/capitalised.ts';
import type { Catalog } from '../../domain/catalog/catalog-types.ts';
import type { RefusalFigures } from '../../domain/decision.ts';
import { creditsMetric } from '../../domain/usage/cells.ts';
import { balanceUnit, showsBalance, showsUnit } from '../access/amounts-in-view.ts';
import { formatInstant } from '../http/instants.ts';
import { unitOfWindow } from '../usage/window-view.ts';
import { type ActionContext, actionsFor } from './actions.ts';

/** Why a use was refused, cut to what the viewer may see. */
export function refusalView(figures: RefusalFigures, context: ActionContext): Refusal {
  const shown = showsFigures(figures, context);
  const refusal: Refusal = {
    reason: figures.reason,
    message: messageOf(figures, context, shown),
    actions: actionsFor(figures, context),
  };
  if (figures.metric !== null) refusal.metric = figures.metric;
  const { label, unit } = limitedBy(figures, context.catalog);
  if (label !== undefined) refusal.label = label;
  if (unit !== undefined && shown) refusal.unit = unit;
  if (figures.window !== null) {
    const { id, label, of } = figures.window;
    refusal.window = { id, label, of };
  }
  if (shown) {
    if (figures.limit !== null) refusal.limit = formatAmount(figures.limit);
    if (figures.used !== null) refusal.used = formatAmount(figures.used);
    if (figures.reason !== 'feature_not_in_plan') refusal.requested = formatAmount(figures.requested);
    if (figures.available !== null) refusal.available = formatAmount(figures.available);
  }
  if (figures.pausedFor !== undefined && context.viewer.view.invoices) refusal.pausedFor = figures.pausedFor;
  if (figures.resetsAtMs !== null) refusal.resetsAt = formatInstant(figures.resetsAtMs);
  if (figures.retryAfterSeconds !== null) refusal.retryAfterSeconds = figures.retryAfterSeconds;
  return refusal;
}

/** Figures of credits come from the balance; those of a metric that counts charges are amounts of its unit. */
function showsFigures({ reason, metric }: RefusalFigures, { catalog, viewer }: ActionContext): boolean {
  if (reason === 'insufficient_credits') return showsBalance(viewer, catalog.unit);
  const isCharges =
    metric === creditsMetric || (metric !== null && catalog.metrics.get(metric)?.countsFrom === 'charges');
  return viewer.view.usage === 'units' && (!isCharges || showsUnit(viewer, catalog.unit));
}

/** The name and the unit of the limited metric, from the catalog; nothing where credits are short or a feature is missing. */
function limitedBy(
  { reason, metric, capacity, window, limit }: RefusalFigures,
  catalog: Catalog,
): { label?: string | undefined; unit?: ShownUnit | undefined } {
  if (capacity !== undefined) {
    const known = catalog.capacities.get(capacity);
    return { label: known?.label, unit: (limit === null ? null : known?.unit) ?? undefined };
  }
  const known = metric === null ? undefined : catalog.metrics.get(metric);
  if (reason === 'insufficient_credits') return { label: known?.label, unit: balanceUnit(catalog) };
  if (window !== null) {
    const unit = unitOfWindow(window, catalog);
    return { label: known?.label ?? capitalised(unit.other), unit };
  }
  return known === undefined ? {} : { label: known.label, unit: known.unit };
}

function messageOf(figures: RefusalFigures, context: ActionContext, shown: boolean): string {
  const { catalog, plan, viewer } = context;
  const planName = viewer.view.plan ? `${plan.name} plan` : 'plan';
  const metric = figures.metric === null ? undefined : catalog.metrics.get(figures.metric);
  const label = metric?.label ?? figures.metric ?? 'use';
  const unit =
    figures.window === null ? (metric?.unit ?? balanceUnit(catalog)) : unitOfWindow(figures.window, catalog);
  const edge = shown && figures.limit !== null ? ` of ${quantity(figures.limit, unit)}` : '';
  switch (figures.reason) {
    case 'insufficient_credits': {
      const noun = catalog.creditLabel.other;
      if (!shown || figures.available === null) return `There are not enough ${noun}.`;
      const { requested, available } = figures;
      return `This needs ${quantity(requested, balanceUnit(catalog))}, and ${formatAmount(available)} ${available === 1_000_000n ? 'is' : 'are'} available.`;
    }
    case 'plan_limit_reached':
      return `${label} reached the limit${edge} of the ${planName}.`;
    case 'window_limit_reached':
      return windowMessage(figures, { label: metric?.label ?? capitalised(unit.other), edge });
    case 'account_limit_reached':
      return `${label} reached the limit${edge} that this account set for itself.`;
    case 'allocation_exhausted':
      return `${label} reached this member's share${edge}. An admin can raise it.`;
    case 'additional_use_exhausted':
      return `${label} reached what is included, and additional use is off or used up.`;
    case 'feature_not_in_plan':
      return `The ${planName} does not include this.`;
    case 'capacity_exceeded':
      return capacityMessage(figures, catalog, planName);
    case 'concurrency_exceeded':
      return 'As many tasks run as the plan allows at once. One can start when another ends.';
    case 'metric_paused':
      return figures.pausedFor !== undefined && viewer.view.invoices
        ? pausedMessages[figures.pausedFor]
        : 'This is paused. Nothing was deleted.';
  }
}

const pausedMessages: Record<PauseCause, string> = {
  trial_over: 'The trial is over. Work goes on with a payment method or another plan; nothing was deleted.',
  past_due: 'A payment did not go through. Work goes on once it is paid; nothing was deleted.',
  retries_exhausted:
    'A payment failed each time that it was tried. Work goes on once it is paid; nothing was deleted.',
  ended: 'The plan has ended. Work goes on with another plan; nothing was deleted.',
};

function capacityMessage(
  { capacity, limit }: RefusalFigures,
  { capacities }: Catalog,
  planName: string,
): string {
  const known = capacity === undefined ? undefined : capacities.get(capacity);
  const label = known?.label ?? 'This';
  if (known === undefined || known.unit === null || limit === null)
    return `${label}: the ${planName} does not include what was chosen.`;
  return `${label}: the ${planName} allows ${quantity(limit, known.unit)}.`;
}

function windowMessage({ window }: RefusalFigures, { label, edge }: { label: string; edge: string }): string {
  const whose = window?.of === 'member' ? "this member's limit" : 'the limit';
  return `${label} reached ${whose}${edge} for '${window?.label}'.`;
}

function quantity(amount: Micros, { one, other, currency }: ShownUnit): string {
  return `${formatAmount(amount)} ${currency ?? (amount === 1_000_000n ? one : other)}`;
}
