import { catalogConfig, catalogView as viewSchema } from '../../../contract/schemas/catalog.ts';
import { defaultPlanOf } from '../../../domain/limits/limits.ts';
import { backendViewer } from '../../callers/viewer.ts';
import { CatalogError } from '../../catalog/catalogs.ts';
import { AppError } from '../../http/problem.ts';
import { jsonReply } from '../../http/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { catalogView } from './catalog-view.ts';

/** Makes a configuration the catalog's latest version. A wrong one is refused with every mistake at once, and nothing is written. */
export const putCatalog = route('PUT /v1/catalog', {
  words: "Makes a configuration the catalog's latest version",
  callers: backendOnly,
  body: catalogConfig,
  answers: { 200: viewSchema },
  audit: () => ({}),
  async handle({ services, body: config, requestId, trail }) {
    try {
      const catalog = await services.catalogs.put(config);
      trail.noted = { catalogVersion: String(catalog.version) };
      services.log.info({ catalogVersion: catalog.version, requestId }, 'A catalog was put');
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
});
