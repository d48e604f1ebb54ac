import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { openRoute } from '../../http/route.ts';

/** Whether the process can answer: the store can be read and written. */
export const getReady = openRoute('GET /readyz', {
  words: 'Whether it can answer',
  answers: { 200: 'application/json' },
  async handle({ services }) {
    try {
      await services.catalogs.refresh();
      await services.store.probe();
    } catch (cause) {
      throw new AppError('unavailable', 'The store cannot be read or cannot be written', { cause });
    }
    return jsonReply({ status: services.catalogs.hasOne ? 'ready' : 'ready, without a catalog' });
  },
});
