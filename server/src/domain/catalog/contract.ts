import type { PlanConfig } from '../../contract/catalog/catalog.ts';
import type { ContractTerms } from '../../contract/catalog/plans.ts';
import { readPaymentTermDays } from './billing.ts';
import { CatalogReader, type Placed } from './catalog-reader.ts';
import type { Catalog, CatalogMistake, Plan } from './catalog-types.ts';
import { readCapacityBounds, readContractLines, readDedicatedIps, readSeats } from './plan-parts.ts';
import { readLimits, readModelFactor, readPlanPrices } from './plans.ts';

/** A plan as a contract changes it, and every mistake of the contract. */
export interface ContractedPlan {
  readonly plan: Plan;
  readonly mistakes: readonly CatalogMistake[];
}

/** Reads the terms of a contract as those of a plan are read; terms that it does not name stay the plan's. */
export function contractedPlan(plan: Plan, terms: ContractTerms, catalog: Catalog): ContractedPlan {
  const reader = new CatalogReader();
  const entry: PlanConfig = {
    id: plan.id,
    name: plan.name,
    rank: plan.rank,
    kind: plan.kind,
    limits: [],
    ...terms,
  };
  const placed: Placed<PlanConfig> = { entry, pointer: '' };
  const { currency } = catalog;
  const given = <Part>(field: keyof ContractTerms, read: () => Part, otherwise: Part): Part =>
    terms[field] === undefined ? otherwise : read();
  const limits = readLimits(reader, placed, catalog.metrics);
  const contracted: Plan = {
    ...plan,
    prices: given('price', () => readPlanPrices(reader, placed, currency), plan.prices),
    price: given(
      'price',
      () => ({ month: terms.price?.month ?? null, year: terms.price?.year ?? null }),
      plan.price,
    ),
    minimumCommitment: given(
      'minimumCommitment',
      () => reader.prices('/minimumCommitment', terms.minimumCommitment, { currency }),
      plan.minimumCommitment,
    ),
    monthlyCredits: given(
      'monthlyCredits',
      () => reader.optionalAmount('/monthlyCredits', terms.monthlyCredits),
      plan.monthlyCredits,
    ),
    overdraft: given('overdraft', () => reader.optionalAmount('/overdraft', terms.overdraft), plan.overdraft),
    limits: new Map([...plan.limits, ...limits]),
    contractLines: readContractLines(reader, terms, currency),
    paymentTermDays: readPaymentTermDays(reader, '', terms.paymentTermDays),
    modelFactor: given('modelMarkupPercent', () => readModelFactor(reader, placed), plan.modelFactor),
    features: new Set([...plan.features, ...(terms.features ?? [])]),
    capacities: new Map([...plan.capacities, ...readCapacityBounds(reader, placed, catalog.capacities)]),
    seats: new Map([...plan.seats, ...readSeats(reader, placed, catalog.seatTypes, currency)]),
    dedicatedIps: given('dedicatedIps', () => readDedicatedIps(reader, placed, currency), plan.dedicatedIps),
    concurrentTasksMax: given(
      'concurrentTasksMax',
      () => reader.wholeNumber('/concurrentTasksMax', terms.concurrentTasksMax, 1),
      plan.concurrentTasksMax,
    ),
  };
  return { plan: contracted, mistakes: reader.mistakes };
}
