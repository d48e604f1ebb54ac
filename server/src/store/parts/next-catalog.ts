import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import { retiredBy } from '../../domain/catalog/retired.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { CatalogRecord } from '../installation-records.ts';

/** The version after the newest one; the last one itself where it is the newest and the same was put again. */
export function nextCatalog(
  last: CatalogRecord | undefined,
  config: CatalogConfig,
  nowMs: number,
): CatalogRecord {
  const passedOver = last?.passedOver;
  if (last !== undefined && passedOver === undefined && canonicalJson(last.config) === canonicalJson(config))
    return last;
  return {
    version: (passedOver?.version ?? last?.version ?? 0) + 1,
    config,
    retired: retiredBy(last, config),
    createdAtMs: nowMs,
  };
}
