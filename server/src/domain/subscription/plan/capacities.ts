import { AmountError, type Micros, parseAmount } from '../../amounts/amounts.ts';
import type { Capacity, Catalog, Plan } from '../../catalog/catalog-types.ts';
import { DomainError, type RefusalFigures } from '../../decision.ts';
import type { Needs } from '../../gate/quote.ts';
import { acceptedIds } from '../../ids/accepted-ids.ts';

/**
 * The first capacity that the plan does not grant in the needed amount; null if all are granted. A capacity that the plan does
 * not name has no bound.
 * @throws DomainError `invalid_request` for a capacity or a choice that the catalog does not have, or an invalid number.
 */
export function exceededCapacity({ capacities }: Catalog, plan: Plan, needs: Needs): string | null {
  for (const [id, need] of Object.entries(needs)) {
    const capacity = capacities.get(id);
    if (capacity === undefined)
      throw new DomainError(
        'invalid_request',
        `The catalog has no capacity '${id}'`,
        `/needs/${id}`,
        acceptedIds(capacities.keys(), 'no capacity'),
      );
    const amount = capacity.kind === 'number' ? amountOf(id, need) : null;
    if (amount === null) assertChoice(capacity, need);
    const bound = plan.capacities.get(id);
    if (bound === undefined || bound === null) continue;
    const isEnough = typeof bound === 'bigint' ? amount !== null && amount <= bound : bound.has(need);
    if (!isEnough) return id;
  }
  return null;
}

/** The figures of a refusal: the bound and the requested number; none for a choice. */
export function capacityFigures(
  plan: Plan,
  capacity: string,
  needs: Needs = {},
): Pick<RefusalFigures, 'capacity' | 'limit' | 'requested'> {
  const bound = plan.capacities.get(capacity);
  if (typeof bound !== 'bigint') return { capacity, limit: null, requested: 0n };
  return { capacity, limit: bound, requested: amountOf(capacity, needs[capacity] ?? '0') };
}

function amountOf(id: string, need: string): Micros {
  try {
    return parseAmount(need);
  } catch (error) {
    if (!(error instanceof AmountError)) throw error;
    throw new DomainError('invalid_request', error.message, `/needs/${id}`, "a decimal string such as '3'");
  }
}

function assertChoice({ id, choices }: Capacity, need: string): void {
  if (choices.has(need)) return;
  throw new DomainError(
    'invalid_request',
    `'${need}' is not a choice of '${id}'`,
    `/needs/${id}`,
    acceptedIds(choices.keys(), 'no choice'),
  );
}
