import { apiBounds } from '../../contract/api-bounds.ts';
import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import type { AddOnConfig } from '../../contract/catalog/plans.ts';
import { type CatalogReader, type Placed, pointerToken } from './catalog-reader.ts';
import type {
  AddOn,
  Cancelling,
  Capacity,
  Catalog,
  Metric,
  PauseRule,
  SeatType,
  UpgradeRules,
} from './catalog-types.ts';

const bothKinds = ['organization', 'person'] as const;

/** Capacities that plans bound: what a number is of, or what may be chosen. */
export function readCapacities(reader: CatalogReader, config: CatalogConfig): ReadonlyMap<string, Capacity> {
  const capacities = new Map<string, Capacity>();
  for (const { entry, pointer } of reader.entries('/capacities', config.capacities)) {
    const { kind = 'number' } = entry;
    reader.label(`${pointer}/label`, entry.label);
    if (entry.unit !== undefined) reader.unitLabel(`${pointer}/unit`, entry.unit);
    if (kind === 'number' && entry.unit === undefined)
      reader.mistake(`${pointer}/unit`, 'A number has a unit', 'the singular and plural of its unit');
    if (kind === 'number' && entry.choices !== undefined)
      reader.mistake(`${pointer}/choices`, 'A number has no choices', "none, or the kind 'choice'");
    if (kind === 'choice' && Object.keys(entry.choices ?? {}).length === 0)
      reader.mistake(
        `${pointer}/choices`,
        'There is nothing to choose',
        'the label of each choice, by its id',
      );
    for (const [id, label] of Object.entries(entry.choices ?? {}))
      reader.label(`${pointer}/choices/${pointerToken(id)}`, label);
    capacities.set(entry.id, {
      id: entry.id,
      label: entry.label,
      unit: entry.unit ?? null,
      kind,
      choices: new Map(Object.entries(entry.choices ?? {})),
    });
  }
  return capacities;
}

export function readSeatTypes(reader: CatalogReader, config: CatalogConfig): ReadonlyMap<string, SeatType> {
  const seatTypes = new Map<string, SeatType>();
  const byRole = new Map<string, string>();
  for (const { entry, pointer } of reader.entries('/seatTypes', config.seatTypes)) {
    reader.label(`${pointer}/label`, entry.label);
    for (const [index, role] of (entry.roles ?? []).entries()) {
      const other = byRole.get(role);
      if (other !== undefined)
        reader.mistake(`${pointer}/roles/${index}`, `'${role}' takes the seat '${other}'`, 'a role once');
      byRole.set(role, entry.id);
    }
    seatTypes.set(entry.id, {
      id: entry.id,
      label: entry.label,
      roles: entry.roles ?? [],
      accountKinds: new Set(entry.accountKinds ?? bothKinds),
    });
  }
  return seatTypes;
}

/** The things that add-ons refer to. */
type Known = Pick<Catalog, 'capacities'> & {
  readonly metrics: ReadonlyMap<string, Metric>;
};

/** Every add-on with the plans that may sell it; null for every plan. */
export function readAddOns(
  reader: CatalogReader,
  config: CatalogConfig,
  known: Known,
): { readonly addOn: AddOn; readonly plans: ReadonlySet<string> | null }[] {
  const planIds = config.plans.map((plan) => plan.id);
  return reader.entries('/addOns', config.addOns).map((placed) => {
    const { entry, pointer } = placed;
    reader.label(`${pointer}/label`, entry.label);
    for (const [index, plan] of (entry.plans ?? []).entries())
      reader.reference(`${pointer}/plans/${index}`, plan, planIds, 'plan');
    checkGives(reader, placed, known);
    const { currency } = config;
    const prices = reader.prices(`${pointer}/price`, entry.price, {
      currency,
      needed: true,
      yearFromMonth: true,
    });
    if (prices.month === null && prices.year !== null && config.plans.some(({ price }) => price?.month))
      reader.mistake(
        `${pointer}/price/month`,
        'Plans are charged by the month, and it is not',
        'a price a month',
      );
    return { addOn: compileAddOn(reader, placed, prices), plans: entry.plans ? new Set(entry.plans) : null };
  });
}

function checkGives(reader: CatalogReader, { entry, pointer }: Placed<AddOnConfig>, known: Known): void {
  const { allowance, feature, capacity } = entry;
  if (allowance === undefined && feature === undefined && capacity === undefined)
    reader.mistake(pointer, 'It gives nothing', 'an allowance, a feature or a capacity');
  if (allowance !== undefined) {
    reader.reference(`${pointer}/allowance/metric`, allowance.metric, known.metrics.keys(), 'metric');
  }
  if (capacity === undefined) return;
  const place = `${pointer}/capacity/capacity`;
  if (!reader.reference(place, capacity.capacity, known.capacities.keys(), 'capacity')) return;
  if (known.capacities.get(capacity.capacity)?.kind === 'choice')
    reader.mistake(place, `'${capacity.capacity}' is a choice: nobody can have more of it`, 'a number');
}

function compileAddOn(
  reader: CatalogReader,
  { entry, pointer }: Placed<AddOnConfig>,
  prices: AddOn['prices'],
): AddOn {
  const { allowance, capacity, feature } = entry;
  const switchesOnly = allowance === undefined && capacity === undefined;
  return {
    id: entry.id,
    label: entry.label,
    description: entry.description ?? null,
    prices,
    allowance:
      allowance === undefined
        ? null
        : {
            metric: allowance.metric,
            quantity: reader.amount(`${pointer}/allowance/quantity`, allowance.quantity, { above: 0n }),
          },
    feature: feature ?? null,
    capacity:
      capacity === undefined
        ? null
        : {
            capacity: capacity.capacity,
            quantity: reader.amount(`${pointer}/capacity/quantity`, capacity.quantity, { above: 0n }),
          },
    quantityMax:
      reader.wholeNumber(`${pointer}/quantityMax`, entry.quantityMax, 1) ??
      (switchesOnly ? 1 : apiBounds.quantityMax),
    accountKinds: new Set(entry.accountKinds ?? bothKinds),
  };
}

/** All use stops once a trial is over, unless the catalog says what stops when. */
export function readPauses(
  reader: CatalogReader,
  config: CatalogConfig,
  metrics: ReadonlyMap<string, Metric>,
): readonly PauseRule[] {
  if (config.pauses === undefined) return [{ when: 'trial_over', what: 'all' }];
  const seen = new Set<string>();
  return config.pauses.map(({ when, what }, index) => {
    const pointer = `/pauses/${index}`;
    if (seen.has(when))
      reader.mistake(`${pointer}/when`, `'${when}' has a rule already`, 'one rule for each');
    seen.add(when);
    if (typeof what === 'string') return { when, what };
    for (const [at, metric] of what.entries())
      reader.reference(`${pointer}/what/${at}`, metric, metrics.keys(), 'metric');
    return { when, what: new Set(what) };
  });
}

export function readCancelling(reader: CatalogReader, config: CatalogConfig): Cancelling {
  const { rule = 'boundary', planAfter, accountKinds = bothKinds } = config.cancelling ?? {};
  const planIds = config.plans.map((plan) => plan.id);
  const pointer = '/cancelling/planAfter';
  if (planAfter !== undefined) reader.reference(pointer, planAfter, planIds, 'plan');
  else if (rule === 'by_plan')
    reader.mistake(pointer, 'Cancelling goes down to a plan that is not named', planIds.join(', '));
  return { rule, planAfter: planAfter ?? null, accountKinds: new Set(accountKinds) };
}

export function readUpgrade(reader: CatalogReader, config: CatalogConfig): UpgradeRules {
  const onFirst = config.anchor === 'first_of_month';
  const { counters = 'keep', credits = 'difference' } = config.upgrade ?? {};
  const period = config.upgrade?.period ?? (onFirst ? 'keep' : 'restart_when_first_paid');
  if (onFirst && period !== 'keep')
    reader.mistake('/upgrade/period', 'Every period ends on the 1st, so an upgrade begins none', 'keep');
  return { period, restartsCounters: counters === 'restart', credits };
}
