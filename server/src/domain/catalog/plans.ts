import type { CatalogConfig, PlanConfig, PlanLimitConfig } from '../../contract/catalog/catalog.ts';
import type { LimitPolicy } from '../../contract/limits/limits.ts';
import { microsPerUnit } from '../amounts/amounts.ts';
import { type PolicyMeaning, policies } from '../limits/policies.ts';
import { type CatalogReader, type Placed, pointerToken } from './catalog-reader.ts';
import type { AddOn, Catalog, Metric, Plan, PlanLimit } from './catalog-types.ts';
import {
  readAdditionalUse,
  readCapacityBounds,
  readContact,
  readDedicatedIps,
  readFacts,
  readRollover,
  readSeats,
  readTiers,
  readTrial,
} from './plan-parts.ts';
import { readRate } from './rates.ts';
import { readWindows } from './windows.ts';

/** The things that plans refer to. */
export interface KnownToPlans extends Pick<Catalog, 'metrics' | 'capacities' | 'seatTypes' | 'comparison'> {
  readonly addOns: readonly { readonly addOn: AddOn; readonly plans: ReadonlySet<string> | null }[];
}

export function readPlans(
  reader: CatalogReader,
  config: CatalogConfig,
  known: KnownToPlans,
): ReadonlyMap<string, Plan> {
  const plans = new Map<string, Plan>();
  const ranks = new Map<number, string>();
  if (config.plans.length === 0) reader.mistake('/plans', 'There is no plan', 'at least one plan');
  for (const placed of reader.entries('/plans', config.plans)) {
    const { entry, pointer } = placed;
    reader.label(`${pointer}/name`, entry.name);
    const sameRank = ranks.get(entry.rank);
    if (!Number.isSafeInteger(entry.rank) || sameRank !== undefined)
      reader.mistake(
        `${pointer}/rank`,
        sameRank === undefined ? `${entry.rank} is no rank` : `'${sameRank}' has the same rank`,
        'a whole number of its own, by which plans are ordered',
      );
    ranks.set(entry.rank, entry.id);
    const { currency } = config;
    const limits = readLimits(reader, placed, known.metrics);
    plans.set(entry.id, {
      id: entry.id,
      name: entry.name,
      rank: entry.rank,
      kind: entry.kind,
      price: { month: entry.price?.month ?? null, year: entry.price?.year ?? null },
      prices: readPlanPrices(reader, placed, currency),
      contact: readContact(reader, placed, config),
      top: entry.top ?? false,
      trial: readTrial(reader, placed, config),
      minimumCommitment:
        entry.minimumCommitment === undefined
          ? null
          : reader.prices(`${pointer}/minimumCommitment`, entry.minimumCommitment, { currency }),
      monthlyCredits: reader.optionalAmount(`${pointer}/monthlyCredits`, entry.monthlyCredits),
      creditsRollover: readRollover(reader, `${pointer}/creditsRollover`, entry.creditsRollover),
      overdraft: reader.optionalAmount(`${pointer}/overdraft`, entry.overdraft),
      limits,
      windows: readWindows(reader, placed, known.metrics, known.seatTypes),
      features: new Set(entry.features),
      contractLines: [],
      paymentTermDays: null,
      highlights: entry.highlights ?? [],
      facts: readFacts(reader, placed, known.comparison),
      warnings: entry.warnings ?? [],
      capacities: readCapacityBounds(reader, placed, known.capacities),
      seats: readSeats(reader, placed, known.seatTypes, currency),
      dedicatedIps: readDedicatedIps(reader, placed, currency),
      addOns: addOnsOf(reader, placed, limits, known),
      replaces: readReplaces(reader, placed, config),
      packs: entry.packs ?? true,
      modelFactor: readModelFactor(reader, placed),
      routeTierMax: reader.wholeNumber(`${pointer}/routeTierMax`, entry.routeTierMax, 0),
      concurrentTasksMax: reader.wholeNumber(`${pointer}/concurrentTasksMax`, entry.concurrentTasksMax, 1),
    });
  }
  return plans;
}

/** A percentage of four digits makes a factor of six, so that a charge stays a number of whole parts. */
export function readModelFactor(reader: CatalogReader, { entry, pointer }: Placed<PlanConfig>) {
  const place = `${pointer}/modelMarkupPercent`;
  const percent = reader.optionalAmount(place, entry.modelMarkupPercent);
  if (percent % 100n !== 0n)
    reader.mistake(
      place,
      `'${entry.modelMarkupPercent}' is finer than prices are`,
      'at most four fraction digits',
    );
  return microsPerUnit + percent / 100n;
}

export function readPlanPrices(
  reader: CatalogReader,
  { entry, pointer }: Placed<PlanConfig>,
  currency: string,
) {
  const prices = reader.prices(`${pointer}/price`, entry.price, { currency });
  for (const period of ['month', 'year'] as const)
    if (entry.kind === 'free' && (prices[period] ?? 0n) !== 0n)
      reader.mistake(`${pointer}/price/${period}`, 'A free plan costs nothing', 'no price, or the kind paid');
  return prices;
}

/** The things sold in addition to the plan. An add-on for a metric is sold only if the plan limits or prices that metric. */
function addOnsOf(
  reader: CatalogReader,
  { entry }: Placed<PlanConfig>,
  limits: ReadonlyMap<string, PlanLimit>,
  { addOns }: KnownToPlans,
): ReadonlyMap<string, AddOn> {
  const sold = new Map<string, AddOn>();
  for (const [index, { addOn, plans }] of addOns.entries()) {
    if (plans !== null && !plans.has(entry.id)) continue;
    const metric = addOn.allowance?.metric;
    const offersMetric = metric === undefined || (limits.get(metric)?.included ?? null) !== null;
    if (offersMetric) sold.set(addOn.id, addOn);
    else if (plans !== null)
      reader.mistake(
        `/addOns/${index}/plans`,
        `'${entry.id}' includes no '${metric}' that there could be more of`,
        `plans whose limits say how much of '${metric}' is included`,
      );
  }
  return sold;
}

function readReplaces(reader: CatalogReader, { entry, pointer }: Placed<PlanConfig>, config: CatalogConfig) {
  for (const [index, id] of (entry.replaces ?? []).entries()) {
    const place = `${pointer}/replaces/${pointerToken(String(index))}`;
    if (config.plans.some((plan) => plan.id === id))
      reader.mistake(place, `'${id}' is in the catalog`, 'a plan that is left out');
    const other = config.plans.find((plan) => plan.id !== entry.id && plan.replaces?.includes(id));
    if (other !== undefined)
      reader.mistake(place, `'${other.id}' takes the place of '${id}' too`, 'one successor a plan');
  }
  return entry.replaces ?? [];
}

export function readLimits(
  reader: CatalogReader,
  { entry, pointer }: Placed<PlanConfig>,
  metrics: ReadonlyMap<string, Metric>,
): ReadonlyMap<string, PlanLimit> {
  const limits = new Map<string, PlanLimit>();
  for (const [index, limit] of entry.limits.entries()) {
    const place = `${pointer}/limits/${index}`;
    reader.reference(`${place}/metric`, limit.metric, metrics.keys(), 'metric');
    if (limits.has(limit.metric))
      reader.mistake(`${place}/metric`, `'${limit.metric}' is limited twice`, 'one limit a metric');
    limits.set(limit.metric, readLimit(reader, { entry: limit, pointer: place }, metrics.get(limit.metric)));
  }
  return limits;
}

function readLimit(
  reader: CatalogReader,
  { entry, pointer }: Placed<PlanLimitConfig>,
  metric: Metric | undefined,
): PlanLimit {
  const meaning = meaningOf(entry.policy);
  if (meaning === undefined)
    reader.mistake(
      `${pointer}/policy`,
      `'${String(entry.policy)}' is no policy`,
      Object.keys(policies).join(', '),
    );
  const included = readIncluded(reader, { entry, pointer });
  const beyond = entry.beyond ?? (meaning?.chargesBeyond ? 'credits' : 'deny');
  checkBeyond(reader, { entry, pointer }, beyond);
  const overageRate =
    entry.overageRate === undefined ? null : readRate(reader, `${pointer}/overageRate`, entry.overageRate);
  checkOverageRate(reader, { entry, pointer }, metric);
  checkInvoice(reader, { entry, pointer }, beyond);
  return {
    metric: entry.metric,
    included,
    policy: entry.policy,
    beyond,
    overageRate,
    overageTiers: readTiers(reader, `${pointer}/overageTiers`, entry.overageTiers),
    invoiceRate:
      entry.invoiceRate === undefined ? null : readRate(reader, `${pointer}/invoiceRate`, entry.invoiceRate),
    additionalUse: readAdditionalUse(reader, { entry, pointer }),
    rollover: readLimitRollover(reader, { entry, pointer }, metric),
  };
}

function readLimitRollover(
  reader: CatalogReader,
  { entry, pointer }: Placed<PlanLimitConfig>,
  metric: Metric | undefined,
) {
  const place = `${pointer}/rollover`;
  if (entry.rollover !== undefined && metric?.kind === 'gauge')
    reader.mistake(place, `'${entry.metric}' is a gauge: nothing of it is left over`, 'a counter');
  if (entry.rollover !== undefined && entry.included === null)
    reader.mistake(place, 'Nothing is left over of what has no bound', 'an included amount');
  return readRollover(reader, place, entry.rollover);
}

/** Prices of invoices stand only where something is invoiced. */
function checkInvoice(
  reader: CatalogReader,
  { entry, pointer }: Placed<PlanLimitConfig>,
  beyond: PlanLimit['beyond'],
): void {
  if (entry.invoiceRate !== undefined && beyond !== 'invoice' && beyond !== 'credits_then_invoice')
    reader.mistake(
      `${pointer}/invoiceRate`,
      'Nothing of it is invoiced',
      'no rate, or beyond: invoice or credits_then_invoice',
    );
  if (entry.overageTiers !== undefined && beyond !== 'invoice')
    reader.mistake(`${pointer}/overageTiers`, 'Prices by quantity are for invoices', 'beyond: invoice');
}

/** A catalog that no compiler has seen may name a policy that is not known. */
function meaningOf(policy: string): PolicyMeaning | undefined {
  return Object.hasOwn(policies, policy) ? policies[policy as LimitPolicy] : undefined;
}

function readIncluded(reader: CatalogReader, { entry, pointer }: Placed<PlanLimitConfig>) {
  const place = `${pointer}/included`;
  const meaning = meaningOf(entry.policy);
  const needsAmount = meaning?.included === 'needed';
  if (entry.included === undefined || (entry.included === null && needsAmount)) {
    const accepted = needsAmount
      ? 'a decimal string; the policy unlimited where there is no cap'
      : 'a decimal string, or null without a cap';
    reader.mistake(place, `The policy ${entry.policy} does not say how much is included`, accepted);
    return null;
  }
  if (entry.included === null) return null;
  if (meaning?.included === 'none')
    reader.mistake(place, 'What is unlimited has no included amount', 'null, or another policy');
  return reader.amount(place, entry.included);
}

/** Only the policy `overage` lets use beyond the allowance go on at a price. */
function checkBeyond(
  reader: CatalogReader,
  { entry, pointer }: Placed<PlanLimitConfig>,
  beyond: PlanLimit['beyond'],
): void {
  const place = `${pointer}/beyond`;
  const charges = meaningOf(entry.policy)?.chargesBeyond ?? false;
  if (charges && beyond === 'deny')
    reader.mistake(
      place,
      'Overage is never denied',
      'credits, invoice, credits_then_invoice, or the policy hard',
    );
  if (!charges && beyond !== 'deny')
    reader.mistake(
      place,
      `Nothing is paid beyond a limit that is ${entry.policy}`,
      'deny, or the policy overage',
    );
}

/** Charges beyond an allowance of charges are paid as they are; every other overage needs its own price. */
function checkOverageRate(
  reader: CatalogReader,
  { entry, pointer }: Placed<PlanLimitConfig>,
  metric: Metric | undefined,
): void {
  const place = `${pointer}/overageRate`;
  const charges = meaningOf(entry.policy)?.chargesBeyond ?? false;
  if (metric?.countsFrom === 'charges') {
    if (entry.overageRate !== undefined)
      reader.mistake(place, 'Charges beyond the allowance are paid as they are', 'no rate');
  } else if (charges && (entry.overageRate === undefined) === (entry.overageTiers === undefined)) {
    const twice = entry.overageRate !== undefined;
    reader.mistake(
      place,
      twice ? 'Overage has two prices' : 'Overage has no price',
      'the price of the units beyond, 0 where they are free, or overageTiers',
    );
  } else if (!charges && entry.overageRate !== undefined) {
    reader.mistake(
      place,
      `A limit that is ${entry.policy} charges nothing beyond`,
      'no rate, or the policy overage',
    );
  }
}
