import type { CatalogConfig } from '../../../contract/catalog/catalog.ts';
import type { Catalog } from '../../../domain/catalog/catalog-types.ts';
import { CatalogError } from '../../catalog/catalogs.ts';
import { AppError } from '../../http/reply/problem.ts';
import type { Trail } from '../../http/trail.ts';
import type { Services } from '../../services.ts';

/**
 * Makes a configuration the latest version of the catalog, and tells log, audit and every open page.
 * @throws AppError `invalid_catalog` with every mistake at once; nothing is written then.
 */
export async function putOrRefuse(
  services: Services,
  config: CatalogConfig,
  { requestId, trail }: { requestId: string; trail: Trail },
): Promise<Catalog> {
  try {
    const catalog = await services.catalogs.put(config, services);
    await services.nextTurn();
    trail.noted = { catalogVersion: String(catalog.version) };
    services.log.info({ catalogVersion: catalog.version, requestId }, 'A catalog was put');
    services.hub.touchAll();
    return catalog;
  } catch (error) {
    if (!(error instanceof CatalogError)) throw error;
    throw new AppError('invalid_catalog', `Mistakes in the catalog: ${error.mistakes.length}`, {
      invalidParameters: error.mistakes,
      cause: error,
    });
  }
}
