import { paths } from '../../contract/paths.ts';
import { catalogConfig } from '../../contract/schemas/catalog.ts';
import { defaultPlanOf } from '../../domain/limits.ts';
import { backendViewer } from '../callers/viewer.ts';
import { CatalogError } from '../catalogs.ts';
import { parseBody } from '../parse-input.ts';
import { AppError } from '../problem.ts';
import { jsonReply } from '../reply.ts';
import { backendOnly, type Route } from '../route.ts';
import { catalogView } from '../views/catalog-view.ts';

/** Makes a configuration the catalog's latest version. A wrong one is refused with every mistake at once, and nothing is written. */
export const putCatalog: Route = {
  method: 'PUT',
  path: paths.catalog,
  callers: backendOnly,
  async handle({ services, request }) {
    const config = await parseBody(request, catalogConfig);
    try {
      const catalog = await services.catalogs.put(config);
      services.hub.touchAll();
      return jsonReply(catalogView(catalog, defaultPlanOf(catalog), backendViewer));
    } catch (error) {
      if (!(error instanceof CatalogError)) throw error;
      throw new AppError('invalid_catalog', `The catalog has ${error.mistakes.length} mistakes`, {
        invalidParameters: error.mistakes,
        cause: error,
      });
    }
  },
};
