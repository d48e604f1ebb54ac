import { paths } from '../../../contract/paths.ts';
import { pageQuery } from '../../../contract/schemas/primitives.ts';
import { pageRequest, pageView } from '../../http/page-request.ts';
import { parseQuery } from '../../http/parse-input.ts';
import { jsonReply } from '../../http/reply.ts';
import { backendOnly, type Route } from '../../http/route.ts';
import { keyView } from './key-view.ts';

export const listKeys: Route = {
  method: 'GET',
  path: paths.keys,
  callers: backendOnly,
  async handle({ services, request }) {
    const query = parseQuery(request.url, pageQuery);
    return jsonReply(pageView(await services.store.listKeys(pageRequest(query)), keyView));
  },
};
