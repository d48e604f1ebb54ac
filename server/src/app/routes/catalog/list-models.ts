import * as z from 'zod';
import type { ModelList } from '../../../contract/catalog.ts';
import { paths } from '../../../contract/paths.ts';
import { id } from '../../../contract/schemas/primitives.ts';
import { listModels as modelsOf } from '../../../domain/catalog/models.ts';
import { callerCatalog } from '../../catalog/caller-catalog.ts';
import { formatInstant } from '../../http/instants.ts';
import { parseQuery } from '../../http/parse-input.ts';
import { jsonReply } from '../../http/reply.ts';
import { type Route, readers } from '../../http/route.ts';

const query = z.strictObject({ accountId: id.exactOptional() });

/** Every model with what it costs now, before it is chosen; the cheapest is marked. */
export const listModels: Route = {
  method: 'GET',
  path: paths.models,
  callers: readers,
  async handle(call) {
    const { accountId } = parseQuery(call.request.url, query);
    const { catalog, plan, nowMs } = await callerCatalog(call, accountId);
    const answer: ModelList = { items: modelsOf(catalog, plan, nowMs), asOf: formatInstant(nowMs) };
    return jsonReply(answer);
  },
};
