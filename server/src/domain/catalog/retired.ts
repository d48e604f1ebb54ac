import type { CatalogConfig } from '../../contract/catalog/catalog.ts';

/** The things that a configuration sells and counts, by list. */
const soldLists = [
  'metrics',
  'modelTiers',
  'categories',
  'models',
  'tools',
  'storage',
  'metricRates',
] as const;

/** Things that were sold or counted once and are no longer in the catalog. Late events still name them. */
export type RetiredEntries = {
  readonly [List in (typeof soldLists)[number]]?: NonNullable<CatalogConfig[List]>;
};

/** A configuration with what had been retired by it. */
export interface SoldSoFar {
  readonly config: CatalogConfig;
  readonly retired: RetiredEntries;
}

/**
 * The retired things after a configuration replaces the last one: everything that the last one had, or had retired, and the next
 * does not have. If the unit changes, prices of retired things are meaningless, so only metrics are kept.
 */
export function retiredBy(last: SoldSoFar | undefined, next: CatalogConfig): RetiredEntries {
  if (last === undefined) return {};
  const isSameUnit = unitOf(last.config) === unitOf(next);
  const retired: Record<string, unknown[]> = {};
  for (const list of soldLists) {
    if (!isSameUnit && list !== 'metrics' && list !== 'categories') continue;
    const known = new Set((next[list] ?? []).map(keyOf));
    const kept: unknown[] = [];
    for (const entry of [...(last.config[list] ?? []), ...(last.retired[list] ?? [])]) {
      if (known.has(keyOf(entry))) continue;
      known.add(keyOf(entry));
      kept.push(entry);
    }
    if (kept.length > 0) retired[list] = kept;
  }
  // The entries come from lists of the same names.
  return retired as RetiredEntries;
}

/** The unit of charges for models, tools, storage and overage. */
export function unitOf({ pricedIn, currency }: Pick<CatalogConfig, 'pricedIn' | 'currency'>): string {
  return pricedIn === 'money' ? currency : 'credits';
}

function keyOf(entry: { readonly id: string } | { readonly metric: string }): string {
  return 'id' in entry ? entry.id : entry.metric;
}
