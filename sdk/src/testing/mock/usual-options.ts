import type { CatalogConfig } from '@usagekit/server/contract';
import { defaultCatalog } from '../scenarios/default-catalog.ts';

/** The options of a mock where none are given. The package brings the scenarios' results for these. */
export const usualOptions = {
  seed: 1,
  now: '2026-11-20T12:00:00.000Z',
  catalog: defaultCatalog as CatalogConfig,
} as const;
