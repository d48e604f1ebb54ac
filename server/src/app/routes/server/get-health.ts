import { jsonReply } from '../../http/reply/reply.ts';
import { openRoute } from '../../http/route.ts';

/** Whether the process runs. */
export const getHealth = openRoute('GET /healthz', {
  words: 'Whether it runs',
  answers: { 200: 'application/json' },
  handle: () => jsonReply({ status: 'ok' }),
});
