import { apiBounds } from '../../contract/api-bounds.ts';
import type { CatalogConfig, PlanConfig, PlanLimitConfig } from '../../contract/catalog/catalog.ts';
import type { ContractTerms, OverageTiersConfig, RolloverConfig } from '../../contract/catalog/plans.ts';
import type { Micros } from '../amounts/amounts.ts';
import { policies } from '../limits/policies.ts';
import { type CatalogReader, type Placed, pointerToken } from './catalog-reader.ts';
import type {
  AdditionalUse,
  Capacity,
  CapacityBound,
  Catalog,
  ContractLine,
  Plan,
  PlanSeats,
  RateTiers,
  Rollover,
  SeatType,
  Trial,
} from './catalog-types.ts';
import { readRate } from './rates.ts';

type PlacedPlan = Placed<PlanConfig>;

/** Only an enterprise plan is reached by talking to somebody. */
export function readContact(
  reader: CatalogReader,
  { entry, pointer }: PlacedPlan,
  { links }: CatalogConfig,
): string | null {
  if (entry.contact !== undefined && entry.kind !== 'enterprise')
    reader.mistake(
      `${pointer}/contact`,
      'It is chosen, not asked for',
      "no contact, or the kind 'enterprise'",
    );
  return entry.kind === 'enterprise' ? (entry.contact ?? links?.sales ?? null) : null;
}

export function readTrial(
  reader: CatalogReader,
  { entry, pointer }: PlacedPlan,
  config: CatalogConfig,
): Trial | null {
  const { trial } = entry;
  if (trial === undefined) return null;
  const place = `${pointer}/trial`;
  if (entry.kind === 'free') reader.mistake(place, 'A free plan needs no trial', "none, or the kind 'paid'");
  const days = reader.wholeNumber(`${place}/days`, trial.days, 1) ?? 1;
  if (days > apiBounds.trialDaysMax)
    reader.mistake(`${place}/days`, `${days} days are too many`, `at most ${apiBounds.trialDaysMax}`);
  const planIds = config.plans.map((plan) => plan.id).filter((id) => id !== entry.id);
  if (trial.planAfter !== undefined)
    reader.reference(`${place}/planAfter`, trial.planAfter, planIds, 'other plan');
  return {
    days,
    needsPaymentMethod: trial.paymentMethod === 'required',
    planAfter: trial.planAfter ?? null,
  };
}

export function readRollover(
  reader: CatalogReader,
  pointer: string,
  config: RolloverConfig | undefined,
): Rollover | null {
  if (config === undefined) return null;
  const percent = reader.wholeNumber(`${pointer}/percent`, config.percent ?? 100, 1) ?? 100;
  if (percent > 100) reader.mistake(`${pointer}/percent`, `${percent} is more than all of it`, '1 to 100');
  return {
    percent: BigInt(percent),
    cycles: reader.wholeNumber(`${pointer}/cycles`, config.cycles ?? 1, 1) ?? 1,
  };
}

export function readTiers(
  reader: CatalogReader,
  pointer: string,
  config: OverageTiersConfig | undefined,
): RateTiers | null {
  if (config === undefined) return null;
  let before: Micros = 0n;
  const steps = config.steps.map((step, index) => {
    const place = `${pointer}/steps/${index}`;
    const isLast = index === config.steps.length - 1;
    if ((step.upTo === null) !== isLast)
      reader.mistake(
        `${place}/upTo`,
        isLast ? 'The last step has an end' : 'Nothing can follow a step without an end',
        isLast ? 'null' : 'the last unit of the step',
      );
    const upTo = step.upTo === null ? null : reader.amount(`${place}/upTo`, step.upTo, { above: 0n });
    if (upTo !== null && upTo <= before)
      reader.mistake(`${place}/upTo`, 'It does not end after the step before it', 'a larger amount');
    before = upTo ?? before;
    return {
      upTo,
      rate: readRate(reader, place, step),
      flat: reader.optionalAmount(`${place}/flat`, step.flat),
    };
  });
  if (steps.length === 0) reader.mistake(`${pointer}/steps`, 'There is no step', 'at least one');
  return { mode: config.mode, steps };
}

export function readAdditionalUse(
  reader: CatalogReader,
  { entry, pointer }: Placed<PlanLimitConfig>,
): AdditionalUse | null {
  if (entry.additionalUse === undefined) return null;
  const place = `${pointer}/additionalUse`;
  if (!Object.hasOwn(policies, entry.policy) || !policies[entry.policy].chargesBeyond)
    reader.mistake(place, `Nothing goes on beyond a limit that is ${entry.policy}`, 'the policy overage');
  const mode = entry.additionalUse.default;
  if (mode === 'off' || mode === 'unlimited') return { mode };
  return { mode: 'capped', cap: reader.amount(`${place}/default`, mode) };
}

export function readFacts(
  reader: CatalogReader,
  { entry, pointer }: PlacedPlan,
  comparison: Catalog['comparison'],
): ReadonlyMap<string, string> {
  const lines = comparison.map(({ id }) => id);
  for (const [id, words] of Object.entries(entry.facts ?? {})) {
    reader.reference(`${pointer}/facts/${pointerToken(id)}`, id, lines, 'comparison line');
    reader.label(`${pointer}/facts/${pointerToken(id)}`, words);
  }
  return new Map(Object.entries(entry.facts ?? {}));
}

export function readCapacityBounds(
  reader: CatalogReader,
  { entry, pointer }: PlacedPlan,
  capacities: ReadonlyMap<string, Capacity>,
): ReadonlyMap<string, CapacityBound> {
  const bounds = new Map<string, CapacityBound>();
  for (const [id, value] of Object.entries(entry.capacities ?? {})) {
    const place = `${pointer}/capacities/${pointerToken(id)}`;
    if (!reader.reference(place, id, capacities.keys(), 'capacity')) continue;
    const capacity = capacities.get(id);
    const isChoice = capacity?.kind === 'choice';
    if (value !== null && isChoice !== Array.isArray(value)) {
      const accepted = isChoice ? 'a list of choices, or null for all of them' : 'a number, or null';
      reader.mistake(place, isChoice ? 'It is a choice' : 'It is a number', accepted);
    } else if (Array.isArray(value)) {
      for (const [index, choice] of value.entries())
        reader.reference(`${place}/${index}`, choice, capacity?.choices.keys() ?? [], 'choice');
      bounds.set(id, new Set(value));
    } else bounds.set(id, value === null ? null : reader.amount(place, value));
  }
  return bounds;
}

export function readSeats(
  reader: CatalogReader,
  { entry, pointer }: PlacedPlan,
  seatTypes: ReadonlyMap<string, SeatType>,
  currency: string,
): ReadonlyMap<string, PlanSeats> {
  const seats = new Map<string, PlanSeats>();
  for (const [id, config] of Object.entries(entry.seats ?? {})) {
    const place = `${pointer}/seats/${pointerToken(id)}`;
    reader.reference(place, id, seatTypes.keys(), 'seat type');
    const included =
      config.included === null ? null : (reader.wholeNumber(`${place}/included`, config.included, 0) ?? 0);
    const max = reader.wholeNumber(`${place}/max`, config.max ?? undefined, 0);
    if (max !== null && max < (included ?? 0))
      reader.mistake(`${place}/max`, `${included} are included`, `at least ${included}`);
    const prices =
      config.price === undefined
        ? null
        : reader.prices(`${place}/price`, config.price, { currency, needed: true, yearFromMonth: true });
    seats.set(id, { included, max, prices });
  }
  return seats;
}

export function readDedicatedIps(
  reader: CatalogReader,
  { entry, pointer }: PlacedPlan,
  currency: string,
): Plan['dedicatedIps'] {
  if (entry.dedicatedIps === undefined) return null;
  const place = `${pointer}/dedicatedIps`;
  const { price, max } = entry.dedicatedIps;
  return {
    prices: reader.prices(`${place}/price`, price, { currency, needed: true, yearFromMonth: true }),
    max: reader.wholeNumber(`${place}/max`, max, 1) ?? apiBounds.dedicatedIpsMax,
  };
}

/** The charges of a contract in every period. Where only a month has a price, a year costs twelve months. */
export function readContractLines(
  reader: CatalogReader,
  { lines = [] }: ContractTerms,
  currency: string,
): readonly ContractLine[] {
  const ids = new Set<string>();
  return lines.map(({ id, label, price, quantity = 1 }, index) => {
    const place = `/lines/${index}`;
    if (ids.has(id)) reader.mistake(`${place}/id`, `There are two lines '${id}'`, 'an id of its own');
    ids.add(id);
    reader.label(`${place}/label`, label);
    const prices = reader.prices(`${place}/price`, price, { currency, needed: true, yearFromMonth: true });
    return { id, label, prices, quantity };
  });
}
