import { paths } from '../../contract/paths.ts';
import { pageQuery } from '../../contract/schemas/primitives.ts';
import { pageRequest, pageView } from '../page-request.ts';
import { parseQuery } from '../parse-input.ts';
import { jsonReply } from '../reply.ts';
import { backendOnly, type Route } from '../route.ts';
import { keyView } from '../views/key-view.ts';

export const listKeys: Route = {
  method: 'GET',
  path: paths.keys,
  callers: backendOnly,
  async handle({ services, request }) {
    const query = parseQuery(request.url, pageQuery);
    return jsonReply(pageView(await services.store.listKeys(pageRequest(query)), keyView));
  },
};
