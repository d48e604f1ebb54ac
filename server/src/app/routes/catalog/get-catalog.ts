import { catalogView as viewSchema } from '../../../contract/catalog/catalog-view-schemas.ts';
import { defaultPlanOf } from '../../../domain/limits/limits.ts';
import { callerCatalog } from '../../catalog/caller-catalog.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import { catalogView } from './catalog-view.ts';

export const getCatalog = route('GET /v1/catalog', {
  words: 'Plans, packs and categories as the caller may see them',
  callers: readers,
  answers: { 200: viewSchema },
  async handle(call) {
    const { catalog, plan, viewer, account } = await callerCatalog(call);
    return jsonReply(catalogView(catalog, plan ?? defaultPlanOf(catalog), viewer, account));
  },
});
