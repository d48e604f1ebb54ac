import type { TestClock } from '../../../contract/clocks/clocks.ts';
import { testClock, testClockRequest } from '../../../contract/clocks/clocks-schemas.ts';
import { systemClockId } from '../../../store/store.ts';
import { assertTestClockInstant } from '../../accounts/test-clock-bounds.ts';
import { assertTestMode } from '../../accounts/test-mode.ts';
import { formatInstant, parseInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';

/** Makes a clock that accounts can be put on when they are made. */
export const createTestClock = route('POST /v1/test-clocks', {
  words: 'Makes a test clock',
  callers: backendOnly,
  body: testClockRequest,
  answers: { 201: testClock },
  async handle({ services, body }) {
    assertTestMode(services);
    const { id = services.newId(), now } = body;
    if (id === systemClockId || (await services.store.readClock(id)) !== undefined)
      throw new AppError('conflict', `There is a test clock '${id}' already`);
    const nowMs = now === undefined ? services.clock.systemMs : parseInstant(now);
    assertTestClockInstant('/now', nowMs);
    await services.store.putClock({ id, nowMs });
    const clock: TestClock = { id, now: formatInstant(nowMs) };
    return jsonReply(clock, 201);
  },
});
