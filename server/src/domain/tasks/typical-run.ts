import { modelUses } from '../../contract/catalog/model-uses.ts';
import type { Item, ModelItem } from '../../contract/gate/gate.ts';
import { amountMax, formatAmount, lesserOf, type Micros, microsPerUnit } from '../amounts/amounts.ts';
import { exactCharge, partsPerMicro } from '../amounts/rounding.ts';
import type { Catalog, Plan, Rate } from '../catalog/catalog-types.ts';
import { typicalTokens } from '../models/models.ts';
import { lineUnits, priceAt, priceItems } from '../pricing/pricing.ts';
import type { ChargeLine, Count, UsageRecord, UseDimensions } from '../usage/state.ts';
import type { TaskRecord } from './state.ts';

/** One run that can be tried again: its use, and its cost at the time. */
export interface Run {
  /** Null for a single use, and for the least that the rate card charges for. */
  readonly taskId: string | null;
  readonly cost: Micros;
  readonly items: readonly Item[];
  readonly dimensions: UseDimensions;
}

export interface RunsSeen {
  readonly tasks: readonly TaskRecord[];
  readonly uses: readonly UsageRecord[];
}

/**
 * The run that stands for the account's others: the middle one by cost, of the tasks that cost anything, or of the single
 * uses where no task did. An account that has paid for nothing yet gets the least that the rate card charges for; null where
 * that is nothing.
 */
export function typicalRun(
  { tasks, uses }: RunsSeen,
  catalog: Catalog,
  plan: Plan,
  atMs: number,
): Run | null {
  const task = middleOf(tasks, ({ cost }) => cost);
  const usage = task === null ? middleOf(uses, ({ charge }) => charge) : null;
  const run =
    task !== null ? runOfTask(task, catalog, atMs) : usage !== null ? runOfUse(usage, catalog, atMs) : null;
  // A run says nothing about future runs if the catalog no longer has any part of it.
  return run !== null && run.items.length > 0 ? run : leastRun(catalog, plan, atMs);
}

/** The median run by cost among those with a cost, the lower one of two; null if there is none. */
function middleOf<Each>(all: readonly Each[], costOf: (each: Each) => Micros): Each | null {
  const costly = all
    .filter((each) => costOf(each) > 0n)
    .sort((a, b) => (costOf(a) < costOf(b) ? -1 : costOf(a) > costOf(b) ? 1 : 0));
  return costly[(costly.length - 1) >> 1] ?? null;
}

function runOfTask({ id, cost, lines, dimensions }: TaskRecord, catalog: Catalog, atMs: number): Run {
  return { taskId: id, cost, dimensions, items: lines.flatMap((line) => itemOf(line, catalog, atMs)) };
}

function runOfUse({ charge, lines, counts, dimensions }: UsageRecord, catalog: Catalog, atMs: number): Run {
  const charged = lines.flatMap((line) => (line.kind === 'metric' ? [] : itemOf(line, catalog, atMs)));
  const counted = counts.flatMap((count) => itemOfCount(count, catalog));
  return { taskId: null, cost: charge, dimensions, items: [...charged, ...counted] };
}

/** The reported use of a line, as exactly as the line shows; nothing if the catalog no longer has it. */
function itemOf(
  { kind, ref, quantity, unit, amount, rest = 0n, integration, stated }: ChargeLine,
  catalog: Catalog,
  atMs: number,
): Item[] {
  switch (kind) {
    case 'llm':
      if (stated !== undefined) return catalog.models.has(ref) ? [{ model: ref, ...stated }] : [];
      return unit === lineUnits.token
        ? tokensItem(ref, { quantity, amount, rest }, catalog, atMs)
        : modelItem(ref, { quantity, unit }, catalog);
    case 'tool': {
      if (!catalog.tools.has(ref)) return [];
      const calls = Number(quantity / microsPerUnit);
      return [integration === undefined ? { tool: ref, calls } : { tool: ref, calls, integration }];
    }
    case 'storage':
      return catalog.storage.has(ref) ? [{ storage: ref, quantity: formatAmount(quantity) }] : [];
    case 'metric':
      return catalog.metrics.has(ref) ? [{ metric: ref, quantity: formatAmount(quantity) }] : [];
  }
}

/** A request by itself, or for so many images, seconds, characters or pages. */
function modelItem(
  model: string,
  { quantity, unit }: Pick<ChargeLine, 'quantity' | 'unit'>,
  catalog: Catalog,
): Item[] {
  if (!catalog.models.has(model)) return [];
  const use = Object.values(modelUses).find(({ other }) => other === unit);
  if (use === undefined) return [{ model }];
  const count = use.field === 'seconds' ? formatAmount(quantity) : Number(quantity / microsPerUnit);
  return [{ model, [use.field]: count }];
}

/**
 * A line that was stored before it kept the request itself has the sum and the cost of its tokens, not their split into input and
 * output. The split with the same cost at the
 * present rates stands for it; after a change of price, the nearest split.
 */
function tokensItem(
  model: string,
  { quantity, amount, rest = 0n }: Pick<ChargeLine, 'quantity' | 'amount' | 'rest'>,
  catalog: Catalog,
  atMs: number,
): Item[] {
  const price = priceAt(catalog.models.get(model)?.prices ?? [], atMs);
  if (price === undefined) return [];
  const tokens = quantity / microsPerUnit;
  const { input = freeRate, output: outputRate } = price.rates;
  if (outputRate === undefined) return [{ model, inputTokens: Number(tokens) }];
  const exact = amount * partsPerMicro + rest;
  const asInput = exactCharge([{ quantity, rate: input }]);
  const spread = exactCharge([{ quantity, rate: outputRate }]) - asInput;
  const share = spread <= 0n ? 0n : ((exact - asInput) * tokens) / spread;
  const output = share < 0n ? 0n : lesserOf(share, tokens);
  const item: ModelItem = { model, inputTokens: Number(tokens - output), outputTokens: Number(output) };
  return [item];
}

const freeRate: Rate = { amount: 0n, per: 1n };

/** Use reported as a metric of its own; derived counts follow from the other items. */
function itemOfCount({ metric, quantity, model, tool }: Count, catalog: Catalog): Item[] {
  const reported =
    model === undefined && tool === undefined && catalog.metrics.get(metric)?.countsFrom === null;
  return reported && quantity > 0n ? [{ metric, quantity: formatAmount(lesserOf(quantity, amountMax)) }] : [];
}

/** The cheapest exchange with a model, or call of a tool, that costs anything. */
function leastRun(catalog: Catalog, plan: Plan, atMs: number): Run | null {
  const exchange = { inputTokens: typicalTokens.input, outputTokens: typicalTokens.output };
  const items: Item[] = [
    ...[...catalog.models.values()]
      .filter(({ feature }) => feature === null || plan.features.has(feature))
      .map(({ id }) => ({ model: id, ...exchange })),
    ...[...catalog.tools.keys()].map((tool) => ({ tool, calls: 1 })),
  ];
  let least: Run | null = null;
  for (const item of items) {
    const { modelFactor } = plan;
    // A model that has no price for an exchange, as one of images has none, costs nothing here.
    const { charge } = priceItems(catalog, [item], { atMs, ownKeys: {}, modelFactor, keepsUnpriced: true });
    if (charge > 0n && (least === null || charge < least.cost))
      least = { taskId: null, cost: charge, items: [item], dimensions: {} };
  }
  return least;
}
