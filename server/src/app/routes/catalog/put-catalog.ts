import { catalogConfig } from '../../../contract/catalog/catalog-schemas.ts';
import { catalogView as viewSchema } from '../../../contract/catalog/catalog-view-schemas.ts';
import { defaultPlanOf } from '../../../domain/limits/limits.ts';
import { backendViewer } from '../../access/viewer.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { catalogView } from './catalog-view.ts';
import { putOrRefuse } from './put-or-refuse.ts';

/** Makes a configuration the catalog's latest version. A wrong one is refused with every mistake at once, and nothing is written. */
export const putCatalog = route('PUT /v1/catalog', {
  words: "Makes a configuration the catalog's latest version",
  callers: backendOnly,
  body: catalogConfig,
  answers: { 200: viewSchema },
  audit: () => ({}),
  async handle({ services, body: config, requestId, trail }) {
    const catalog = await putOrRefuse(services, config, { requestId, trail });
    return jsonReply(catalogView(catalog, defaultPlanOf(catalog), backendViewer, null));
  },
});
