import { paths } from '../../../contract/paths.ts';
import { defaultPlanOf } from '../../../domain/limits/limits.ts';
import { callerCatalog } from '../../catalog/caller-catalog.ts';
import { jsonReply } from '../../http/reply.ts';
import { type Route, readers } from '../../http/route.ts';
import { catalogView } from './catalog-view.ts';

/** Plans, packs and categories as the caller may see them. */
export const getCatalog: Route = {
  method: 'GET',
  path: paths.catalog,
  callers: readers,
  async handle(call) {
    const { catalog, plan, viewer } = await callerCatalog(call);
    return jsonReply(catalogView(catalog, plan ?? defaultPlanOf(catalog), viewer));
  },
};
