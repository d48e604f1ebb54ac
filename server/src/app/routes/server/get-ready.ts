import { paths } from '../../../contract/paths.ts';
import { AppError } from '../../http/problem.ts';
import { jsonReply } from '../../http/reply.ts';
import type { Route } from '../../http/route.ts';

/** Whether the process can answer: the store can be read. */
export const getReady: Route = {
  method: 'GET',
  path: paths.ready,
  callers: 'anyone',
  async handle({ services }) {
    try {
      await services.catalogs.refresh();
    } catch (cause) {
      throw new AppError('unavailable', 'The store cannot be read', { cause });
    }
    return jsonReply({ status: services.catalogs.hasOne ? 'ready' : 'ready, without a catalog' });
  },
};
