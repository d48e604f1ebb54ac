import { paths } from '../../../contract/paths.ts';
import { jsonReply } from '../../http/reply.ts';
import type { Route } from '../../http/route.ts';

/** Whether the process runs. */
export const getHealth: Route = {
  method: 'GET',
  path: paths.health,
  callers: 'anyone',
  handle: () => jsonReply({ status: 'ok' }),
};
