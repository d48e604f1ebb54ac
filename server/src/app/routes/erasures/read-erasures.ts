import { erasure, erasurePage } from '../../../contract/erasures/erasures-schemas.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { backendOnly, route } from '../../http/route.ts';
import { erasureView } from './erasure-view.ts';

export const listErasures = route('GET /v1/erasures', {
  words: 'Erasures with their proofs, oldest first',
  callers: backendOnly,
  query: pageQuery,
  answers: { 200: erasurePage },
  async handle({ services, query }) {
    return jsonReply(pageView(await services.store.listErasures({}, pageRequest(query)), erasureView));
  },
});

export const getErasure = route('GET /v1/erasures/:erasureId', {
  words: 'One erasure: how far it is, or its proof',
  callers: backendOnly,
  answers: { 200: erasure },
  async handle({ services, params: { erasureId } }) {
    const record = await services.store.readErasure(erasureId);
    if (record === undefined) throw new AppError('not_found', `There is no erasure '${erasureId}'`);
    return jsonReply(erasureView(record));
  },
});
