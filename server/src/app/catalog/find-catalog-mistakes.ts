import { catalogConfig } from '../../contract/catalog/catalog-schemas.ts';
import { compileCatalog } from '../../domain/catalog/catalog.ts';
import type { CatalogMistake } from '../../domain/catalog/catalog-types.ts';
import { describeIssues, issuesOf } from '../http/request/describe-issues.ts';

/** Every mistake of what is handed in as a catalog by code, which no schema has seen: of its form, or else of what it says. */
export function findCatalogMistakes(config: unknown): readonly CatalogMistake[] {
  const parsed = catalogConfig.safeParse(config);
  if (!parsed.success) return describeIssues(issuesOf(catalogConfig, config));
  const compiled = compileCatalog(parsed.data, 1);
  return compiled.outcome === 'refused' ? compiled.mistakes : [];
}
