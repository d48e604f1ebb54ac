import type { ModelList } from '../../../contract/catalog/catalog-view.ts';
import { modelList } from '../../../contract/catalog/catalog-view-schemas.ts';
import { ofAccount } from '../../../contract/values/primitive-schemas.ts';
import { listModels as modelsOf } from '../../../domain/models/models.ts';
import { balanceUnit } from '../../access/amounts-in-view.ts';
import { callerCatalog } from '../../catalog/caller-catalog.ts';
import { formatInstant } from '../../http/instants.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';

/** Every model with what it costs now, before it is chosen; the cheapest is marked. */
export const listModels = route('GET /v1/models', {
  words: 'Models with their present rates',
  callers: readers,
  query: ofAccount,
  answers: { 200: modelList },
  async handle(call) {
    const { accountId } = call.query;
    const { catalog, plan, nowMs, timeZone } = await callerCatalog(call, accountId);
    const answer: ModelList = {
      items: modelsOf(catalog, plan, nowMs),
      creditLabel: balanceUnit(catalog),
      asOf: formatInstant(nowMs),
      ...(timeZone !== undefined && { timeZone }),
    };
    return jsonReply(answer);
  },
});
