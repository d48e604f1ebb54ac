import type { TestClock } from '../../../contract/clocks.ts';
import { paths } from '../../../contract/paths.ts';
import { testClockRequest } from '../../../contract/schemas/clocks.ts';
import { assertTestMode } from '../../accounts/test-mode.ts';
import { formatInstant, parseInstant } from '../../http/instants.ts';
import { parseBody } from '../../http/parse-input.ts';
import { AppError } from '../../http/problem.ts';
import { jsonReply } from '../../http/reply.ts';
import { backendOnly, type Route } from '../../http/route.ts';

/** Makes a clock that accounts can be put on when they are made. */
export const createTestClock: Route = {
  method: 'POST',
  path: paths.testClocks,
  callers: backendOnly,
  async handle({ services, request }) {
    assertTestMode(services);
    const { id = services.newId(), now } = await parseBody(request, testClockRequest);
    if ((await services.store.readClock(id)) !== undefined)
      throw new AppError('conflict', `There is a test clock '${id}' already`);
    const nowMs = now === undefined ? services.clock.systemMs : parseInstant(now);
    await services.store.putClock({ id, nowMs });
    const clock: TestClock = { id, now: formatInstant(nowMs) };
    return jsonReply(clock, 201);
  },
};
