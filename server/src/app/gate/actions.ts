import type { Action } from '../../contract/gate/gate.ts';
import type { Catalog, Plan } from '../../domain/catalog/catalog-types.ts';
import type { RefusalFigures } from '../../domain/decision.ts';
import { packsOnSale } from '../../domain/purchases/pack-offer.ts';
import type { Viewer } from '../access/viewer.ts';

/** The facts that decide which actions are open. */
export interface ActionContext {
  readonly catalog: Catalog;
  readonly plan: Plan;
  readonly viewer: Viewer;
}

/**
 * The actions that would let a refused use through, the best first. For an action that this viewer may not take, it names
 * somebody who may.
 */
export function actionsFor(figures: RefusalFigures, context: ActionContext): Action[] {
  const actions = openActions(figures, context);
  if (actions.some(({ allowed, kind }) => !allowed && kind !== 'wait'))
    actions.push({ kind: 'ask_admin', label: 'Ask an admin', allowed: true });
  return actions;
}

function openActions(figures: RefusalFigures, context: ActionContext): Action[] {
  const wait = figures.resetsAtMs === null ? [] : [waitAction];
  switch (figures.reason) {
    case 'insufficient_credits':
      // An account that can buy nothing here is led to its own key, with which AI costs it nothing.
      return [
        ...purchaseActions(context),
        ...(figures.ownKeyHelps && !figures.purchasable
          ? [manageAction(context, 'add_own_key', 'Use your own key')]
          : []),
        ...wait,
      ];
    case 'plan_limit_reached':
    case 'additional_use_exhausted':
    case 'capacity_exceeded':
      return [...waysBeyond(figures, context), ...wait];
    case 'window_limit_reached':
      return [...(figures.purchasable ? upgradeActions(context) : []), ...wait];
    case 'feature_not_in_plan':
      return figures.purchasable ? upgradeActions(context) : [];
    case 'allocation_exhausted':
      return [manageAction(context, 'raise_allocation', 'Raise this allocation'), ...wait];
    case 'account_limit_reached':
      return [manageAction(context, 'raise_limit', 'Raise this limit'), ...wait];
    case 'concurrency_exceeded':
      return [waitAction];
    case 'metric_paused':
      // Nothing that is owed stands in the way of one that has ended: only another plan helps.
      return figures.pausedFor === 'ended'
        ? upgradeActions(context)
        : [paymentAction(context, figures.pausedFor === 'trial_over')];
  }
}

/** Ways beyond a limit of the plan: additional use and add-ons cost less than a higher plan and come first. */
function waysBeyond({ helps = [] }: RefusalFigures, context: ActionContext): Action[] {
  const has = (way: (typeof helps)[number]) => helps.includes(way);
  return [
    ...(has('additional_use') ? [manageAction(context, 'raise_limit', 'Raise this limit')] : []),
    ...(has('add_on') ? [manageAction(context, 'manage_plan', 'Manage plan')] : []),
    ...(has('upgrade') ? upgradeActions(context) : []),
  ];
}

const waitAction: Action = { kind: 'wait', label: 'Wait for the reset', allowed: true };

/** Ways to more credits: a pack where the plan may buy one, and a plan with more. Free accounts are led to the plan first. */
export function purchaseActions({ catalog, plan, viewer }: ActionContext): Action[] {
  const actions: Action[] = [];
  if (packsOnSale(catalog, plan).length > 0) actions.push(buyAction({ catalog, plan, viewer }));
  const higher = [...catalog.plans.values()].some(
    (other) => other.rank > plan.rank && other.monthlyCredits > plan.monthlyCredits,
  );
  if (higher) actions.push(...upgradeActions({ catalog, plan, viewer }));
  return plan.kind === 'free' ? actions.reverse() : actions;
}

function buyAction({ catalog, viewer }: ActionContext): Action {
  const { links, unit } = catalog;
  const [label, money] = unit === 'credits' ? ['Buy credits', {}] : ['Add funds', { currency: unit }];
  return { ...withLink('buy_credits', label, links.credits ?? links.billing, viewer.view.manage), ...money };
}

export function upgradeActions({ catalog, viewer }: ActionContext): Action[] {
  return [withLink('upgrade', 'Upgrade', upgradeHref(catalog), viewer.view.manage)];
}

/** The way to pay, where a failed payment or a trial's end stands in the way; for a trial it is the account's first method. */
export function paymentAction(context: ActionContext, isFirst: boolean): Action {
  const label = isFirst && context.viewer.view.invoices ? 'Add a payment method' : 'Update payment method';
  return manageAction(context, 'update_payment', label);
}

/** Where an upgrade is made, as the host says. */
export function upgradeHref(catalog: Catalog): string | undefined {
  return catalog.links.upgrade ?? catalog.links.billing;
}

function manageAction({ catalog, viewer }: ActionContext, kind: Action['kind'], label: string): Action {
  return withLink(kind, label, catalog.links.billing, viewer.view.manage);
}

function withLink(kind: Action['kind'], label: string, href: string | undefined, allowed: boolean): Action {
  return href === undefined ? { kind, label, allowed } : { kind, label, href, allowed };
}
