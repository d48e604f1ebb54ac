import { keyPage } from '../../../contract/keys/keys-schemas.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { backendOnly, route } from '../../http/route.ts';
import { keyView } from './key-view.ts';

export const listKeys = route('GET /v1/keys', {
  words: 'Keys, without their secrets',
  callers: backendOnly,
  query: pageQuery,
  answers: { 200: keyPage },
  async handle({ services, query }) {
    return jsonReply(pageView(await services.store.listKeys(pageRequest(query)), keyView));
  },
});
