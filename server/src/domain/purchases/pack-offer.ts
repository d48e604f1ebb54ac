import type { Micros } from '../amounts/amounts.ts';
import type { Catalog, Pack, Plan } from '../catalog/catalog-types.ts';
import { DomainError } from '../decision.ts';
import { acceptedIds } from '../ids/accepted-ids.ts';

/**
 * Packs that an account may buy on its plan. Every way to a pack asks here: an order by hand, the settings of auto
 * top-up and each of its charges, what a refusal offers, and a diagnosis.
 */
export function packsOnSale(catalog: Catalog, plan: Plan): readonly Pack[] {
  return plan.packs ? [...catalog.creditPacks.values()] : [];
}

/** One pack, where the account may buy it. */
export function packOnSale(catalog: Catalog, plan: Plan, packId: string): Pack | undefined {
  return packsOnSale(catalog, plan).find(({ id }) => id === packId);
}

/** @throws DomainError `unknown_pack`, `forbidden` where the plan sells no packs. */
export function requirePackOnSale(catalog: Catalog, plan: Plan, packId: string): Pack {
  if (!catalog.creditPacks.has(packId)) {
    throw new DomainError(
      'unknown_pack',
      `The catalog has no credit pack '${packId}'`,
      '/packId',
      acceptedIds(catalog.creditPacks.keys(), 'no credit pack'),
    );
  }
  const pack = packOnSale(catalog, plan, packId);
  if (pack === undefined) throw new DomainError('forbidden', 'The plan does not sell credit packs');
  return pack;
}

/** The credits of one purchase of a pack. */
export function creditsOf({ credits, bonus }: Pick<Pack, 'credits' | 'bonus'>): Micros {
  return credits + bonus;
}
