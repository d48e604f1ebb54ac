import type { TestClock } from '../../../contract/clocks/clocks.ts';
import { testClock } from '../../../contract/clocks/clocks-schemas.ts';
import { formatInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';

export const getTestClock = route('GET /v1/test-clocks/:clockId', {
  words: 'One test clock',
  callers: backendOnly,
  answers: { 200: testClock },
  async handle({ services, params }) {
    const { clockId } = params;
    const record = await services.store.readClock(clockId);
    if (record === undefined) throw new AppError('not_found', `There is no test clock '${clockId}'`);
    const clock: TestClock = { id: record.id, now: formatInstant(record.nowMs) };
    return jsonReply(clock);
  },
});
