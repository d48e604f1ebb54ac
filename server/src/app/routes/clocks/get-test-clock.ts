import type { TestClock } from '../../../contract/clocks.ts';
import { paths } from '../../../contract/paths.ts';
import { formatInstant } from '../../http/instants.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { AppError } from '../../http/problem.ts';
import { jsonReply } from '../../http/reply.ts';
import { backendOnly, type Route } from '../../http/route.ts';

export const getTestClock: Route = {
  method: 'GET',
  path: pathPattern(paths.testClock(':clockId')),
  callers: backendOnly,
  async handle({ services, params }) {
    const clockId = pathId(params, 'clockId');
    const record = await services.store.readClock(clockId);
    if (record === undefined) throw new AppError('not_found', `There is no test clock '${clockId}'`);
    const clock: TestClock = { id: record.id, now: formatInstant(record.nowMs) };
    return jsonReply(clock);
  },
};
