import type { CatalogConfig, PlanConfig, PlanLimitConfig } from '../../contract/catalog.ts';
import type { LimitPolicy } from '../../contract/usage.ts';
import { type PolicyMeaning, policies } from '../limits/policies.ts';
import type { CatalogReader, Placed } from './catalog-reader.ts';
import type { Metric, Plan, PlanLimit } from './catalog-types.ts';
import { readRate } from './rates.ts';

export function readPlans(
  reader: CatalogReader,
  config: CatalogConfig,
  metrics: ReadonlyMap<string, Metric>,
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
    checkPrice(reader, placed, config.currency);
    plans.set(entry.id, {
      id: entry.id,
      name: entry.name,
      rank: entry.rank,
      kind: entry.kind,
      price: { month: entry.price?.month ?? null, year: entry.price?.year ?? null },
      monthlyCredits: reader.optionalAmount(`${pointer}/monthlyCredits`, entry.monthlyCredits),
      overdraft: reader.optionalAmount(`${pointer}/overdraft`, entry.overdraft),
      limits: readLimits(reader, placed, metrics),
      features: new Set(entry.features),
      highlights: entry.highlights ?? [],
      packs: entry.packs ?? true,
      routeTierMax: reader.wholeNumber(`${pointer}/routeTierMax`, entry.routeTierMax, 0),
      concurrentTasksMax: reader.wholeNumber(`${pointer}/concurrentTasksMax`, entry.concurrentTasksMax, 1),
    });
  }
  return plans;
}

function checkPrice(reader: CatalogReader, { entry, pointer }: Placed<PlanConfig>, currency: string): void {
  for (const period of ['month', 'year'] as const) {
    const price = entry.price?.[period];
    if (price === undefined) continue;
    reader.money(`${pointer}/price/${period}`, price, currency);
    if (entry.kind === 'free' && Number(price.amount) !== 0)
      reader.mistake(`${pointer}/price/${period}`, 'A free plan costs nothing', 'no price, or the kind paid');
  }
}

function readLimits(
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
  return { metric: entry.metric, included, policy: entry.policy, beyond, overageRate };
}

/** A catalog that no compiler has seen may name a policy that is none. */
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

/** Only overage goes beyond what is included at a price. */
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
  } else if (charges && entry.overageRate === undefined) {
    reader.mistake(place, 'Overage has no price', 'the price of the units beyond, 0 where they are free');
  } else if (!charges && entry.overageRate !== undefined) {
    reader.mistake(
      place,
      `A limit that is ${entry.policy} charges nothing beyond`,
      'no rate, or the policy overage',
    );
  }
}
