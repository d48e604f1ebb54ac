import { readFileSync } from 'node:fs';
import type { CatalogTemplate } from '../../catalogs/index.ts';

/**
 * The text of a template as a file of a host's own: the same commented module, with its types taken from the package. The types
 * vanish when the file is loaded, so that it needs nothing to be installed.
 */
export function templateText(name: CatalogTemplate): string {
  const file = new URL(`../../../src/catalogs/${name}.ts`, import.meta.url);
  return readFileSync(file, 'utf8').replace(/'\.\.\/contract\/[^']*'/, "'@usagekit/server/contract'");
}
