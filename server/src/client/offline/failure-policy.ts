import type { Item } from '../../contract/gate/gate.ts';

/**
 * What happens to a use while the server cannot be reached: `closed` fails as it does without a policy, `open` lets it through,
 * and a grace lets a number of units through, in the metric's unit, for each account.
 */
export type FailurePolicy = 'closed' | 'open' | { readonly graceUnits: number };

/** Policies by the id of a metric, model, tool or kind of storage. */
export interface FailurePolicies {
  /** For metrics that are not named; `closed` by default. */
  readonly default?: FailurePolicy;
  /** By the metric, tool or model that a use names; the default counts where none is named. */
  readonly of?: Readonly<Record<string, FailurePolicy>>;
}

/** So many millionths of one metric, model, tool or kind of storage. */
export interface Units {
  readonly name: string;
  readonly micros: bigint;
}

const microsPerUnit = 1_000_000n;

/** How much a use takes from each grace: the quantity of a metric or storage, the calls of a tool, one for a model's request. */
export function unitsOf(items: readonly Item[]): Units[] {
  return items.map((item) => {
    if ('metric' in item) return { name: item.metric, micros: toMicros(item.quantity) };
    if ('storage' in item) return { name: item.storage, micros: toMicros(item.quantity) };
    if ('tool' in item) return { name: item.tool, micros: BigInt(item.calls) * microsPerUnit };
    return { name: item.model, micros: microsPerUnit };
  });
}

/**
 * Whether every item may pass. `waiting` gives the amounts that already passed and have not reached the server; a use passes
 * whole or not at all.
 */
export function admitsOffline(
  policies: FailurePolicies,
  units: readonly Units[],
  waiting: (name: string) => bigint,
): boolean {
  const asked = new Map<string, bigint>();
  for (const { name, micros } of units) asked.set(name, (asked.get(name) ?? 0n) + micros);
  return [...asked].every(([name, micros]) => {
    const policy = policies.of?.[name] ?? policies.default ?? 'closed';
    if (typeof policy === 'string') return policy === 'open';
    return waiting(name) + micros <= BigInt(Math.floor(policy.graceUnits)) * microsPerUnit;
  });
}

/** @throws RangeError where a grace is no number of units. */
export function assertPolicies({ default: standard, of = {} }: FailurePolicies): void {
  for (const [name, policy] of Object.entries({ ...of, default: standard ?? 'closed' })) {
    const isGrace =
      typeof policy === 'object' && Number.isFinite(policy.graceUnits) && policy.graceUnits >= 0;
    if (policy !== 'open' && policy !== 'closed' && !isGrace) {
      throw new RangeError(
        `The failure policy of '${name}' is ${JSON.stringify(policy)}; accepted are 'closed', 'open' and { graceUnits: a number of at least 0 }.`,
      );
    }
  }
}

/** @throws RangeError if the text is not a decimal of at least 0 with at most six fraction digits. */
function toMicros(decimal: string): bigint {
  const [, whole, fraction = ''] = /^(\d{1,10})(?:\.(\d{1,6}))?$/.exec(decimal) ?? [];
  if (whole === undefined)
    throw new RangeError(`'${decimal}' is no decimal string of at least 0, such as "12.5".`);
  return BigInt(whole) * microsPerUnit + BigInt(fraction.padEnd(6, '0'));
}
