import { modelUseNames, modelUses } from '../../../contract/catalog/model-uses.ts';
import type {
  Cost,
  CreditsLeft,
  GrantUse,
  LineItem,
  MetricStanding,
  Remaining,
} from '../../../contract/gate/gate.ts';
import { formatAmount } from '../../../domain/amounts/amounts.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import { textIn } from '../../../domain/catalog/translations.ts';
import type { GrantLeg } from '../../../domain/credits/state.ts';
import { availableOf, heldOf } from '../../../domain/credits/wallet.ts';
import { lineLabel } from '../../../domain/gate/use.ts';
import { type LimitStanding, remainingOf } from '../../../domain/limits/limits.ts';
import { lineUnits, type Priced } from '../../../domain/pricing/pricing.ts';
import type { AccountState } from '../../../domain/state.ts';
import type { ChargeLine } from '../../../domain/usage/state.ts';
import type { WindowStanding } from '../../../domain/windows/windows.ts';
import { formatOrNull } from '../../access/amounts-in-view.ts';
import { formatInstantOrNull } from '../../http/instants.ts';
import { windowLeftView } from '../../usage/window-view.ts';

/** What is counted, by the unit under which a line is stored. */
const kindsByUnit: ReadonlyMap<string, NonNullable<LineItem['of']>> = new Map([
  [lineUnits.token, 'token'],
  [lineUnits.request, 'request'],
  [lineUnits.call, 'call'],
  ...modelUseNames.map((name) => [modelUses[name].other, name] as const),
]);

/** A charge as people check it. Without model names the tier's label stands for the model. */
export function lineItemView(line: ChargeLine, catalog: Catalog, modelNames: boolean): LineItem {
  const view: LineItem = {
    kind: line.kind,
    label: labelOf(line, catalog, modelNames),
    quantity: formatAmount(line.quantity),
    unit: textIn(catalog, line.unit),
    amount: formatAmount(line.amount),
  };
  const of = line.kind === 'llm' || line.kind === 'tool' ? kindsByUnit.get(line.unit) : undefined;
  if (of !== undefined) view.of = of;
  if (line.integration !== undefined) view.integration = line.integration;
  if (line.ownKey) view.ownKey = true;
  return view;
}

function labelOf(line: ChargeLine, catalog: Catalog, modelNames: boolean): string | null {
  if (line.kind !== 'llm') return lineLabel(catalog, line.kind, line.ref);
  if (!modelNames) return catalog.modelTiers.get(line.tier ?? '')?.label ?? null;
  return catalog.models.get(line.ref)?.label ?? line.ref;
}

export function costView(priced: Priced, catalog: Catalog, modelNames: boolean): Cost {
  return {
    amount: formatAmount(priced.charge),
    unit: priced.unit,
    lineItems: priced.lines.map((line) => lineItemView(line, catalog, modelNames)),
  };
}

/** Legs as they are written, signs and all. */
export function grantUseViews(legs: readonly GrantLeg[]): GrantUse[] {
  return legs.map(({ grantId, amount }) => ({ grantId, amount: formatAmount(amount) }));
}

export function creditsLeftView(state: AccountState, catalog: Catalog): CreditsLeft {
  const { unit } = catalog;
  return {
    available: formatAmount(availableOf(state.wallet, unit)),
    held: formatAmount(heldOf(state.wallet, unit)),
    unit,
  };
}

export function standingView(standing: LimitStanding): MetricStanding {
  return {
    metric: standing.metric,
    used: formatAmount(standing.used + standing.held),
    included: formatOrNull(standing.included),
    remaining: formatOrNull(remainingOf(standing)),
    resetsAt: formatInstantOrNull(standing.resetsAtMs),
  };
}

/** Where a decision leaves the metrics and windows that it touches. */
export interface Stood {
  readonly standings: readonly LimitStanding[];
  readonly windows: readonly WindowStanding[];
}

export function remainingView(
  state: AccountState,
  catalog: Catalog,
  { standings, windows }: Stood,
): Remaining {
  return {
    credits: creditsLeftView(state, catalog),
    metrics: standings.map(standingView),
    windows: windows.map(windowLeftView),
  };
}
