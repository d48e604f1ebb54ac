import { DomainError } from '../decision.ts';
import { acceptedIds } from '../ids/accepted-ids.ts';
import type { Catalog, Metric } from './catalog-types.ts';

/** A metric of the catalog's, or one that it had once. */
export function metricOf(
  { metrics, retired }: Pick<Catalog, 'metrics' | 'retired'>,
  id: string,
): Metric | undefined {
  return metrics.get(id) ?? retired.metrics.get(id);
}

/**
 * The refusal of a metric that the catalog has not.
 *
 * @param others What is accepted at this place besides metrics, such as `credits`.
 */
export function unknownMetric(
  { metrics }: Pick<Catalog, 'metrics'>,
  id: string,
  pointer: string,
  others: readonly string[] = [],
): DomainError {
  return new DomainError(
    'unknown_metric',
    `The catalog has no metric '${id}'`,
    pointer,
    acceptedIds([...others, ...metrics.keys()], 'no metric'),
  );
}
