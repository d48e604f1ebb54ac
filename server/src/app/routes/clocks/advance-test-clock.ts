import { apiBounds } from '../../../contract/api-bounds.ts';
import type { TestClock } from '../../../contract/clocks/clocks.ts';
import { testClock, testClockAdvance } from '../../../contract/clocks/clocks-schemas.ts';
import { msPerDay } from '../../../contract/values/durations.ts';
import { assertTestClockInstant } from '../../accounts/test-clock-bounds.ts';
import { assertTestMode } from '../../accounts/test-mode.ts';
import { formatInstant, parseInstant } from '../../http/instants.ts';
import { AppError, invalidParameter } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';

/** A shorter move changes no figure and no date by itself, so that a clock may follow the real time without noise. */
const shownMoveMs = 60_000;

/** Moves a test clock forward and commits what falls due by it. Whoever looks at an account before that sees the same. */
export const advanceTestClock = route('POST /v1/test-clocks/:clockId/advance', {
  words: 'Moves a test clock forward',
  callers: backendOnly,
  body: testClockAdvance,
  answers: { 200: testClock },
  audit: ({ body }) => ({ to: body.to }),
  async handle({ services, params, body }) {
    assertTestMode(services);
    const { clockId } = params;
    const toMs = parseInstant(body.to);
    const record = await services.store.readClock(clockId);
    if (record === undefined) throw new AppError('not_found', `There is no test clock '${clockId}'`);
    if (toMs < record.nowMs)
      throw new AppError('conflict', 'A test clock can only move forward', {
        invalidParameters: [
          {
            pointer: '/to',
            detail: 'lies before the present',
            accepted: `not before ${formatInstant(record.nowMs)}`,
          },
        ],
      });
    assertTestClockInstant('/to', toMs);
    if (toMs - record.nowMs > apiBounds.daysAtOnceMax * msPerDay)
      throw invalidParameter(
        '/to',
        'lies too far ahead for one move',
        `at most ${apiBounds.daysAtOnceMax} days after ${formatInstant(record.nowMs)}`,
      );
    await services.store.putClock({ id: clockId, nowMs: toMs });
    await services.due.runTestClock(clockId, toMs).catch((error: unknown) => {
      services.log.error({ err: error, clockId }, 'What fell due on a test clock could not be committed');
    });
    if (toMs - record.nowMs >= shownMoveMs) services.hub.touchAll();
    const clock: TestClock = { id: clockId, now: formatInstant(toMs) };
    return jsonReply(clock);
  },
});
