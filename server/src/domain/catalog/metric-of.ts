import type { Catalog, Metric } from './catalog-types.ts';

/** A metric of the catalog's, or one that it had once. */
export function metricOf(
  { metrics, retired }: Pick<Catalog, 'metrics' | 'retired'>,
  id: string,
): Metric | undefined {
  return metrics.get(id) ?? retired.metrics.get(id);
}
