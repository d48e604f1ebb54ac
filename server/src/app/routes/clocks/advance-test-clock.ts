import type { TestClock } from '../../../contract/clocks.ts';
import { paths } from '../../../contract/paths.ts';
import { testClockAdvance } from '../../../contract/schemas/clocks.ts';
import { assertTestMode } from '../../accounts/test-mode.ts';
import { formatInstant, parseInstant } from '../../http/instants.ts';
import { parseBody } from '../../http/parse-input.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { AppError } from '../../http/problem.ts';
import { jsonReply } from '../../http/reply.ts';
import { backendOnly, type Route } from '../../http/route.ts';

/** A shorter move changes no figure and no date by itself, so that a clock may follow the real time without noise. */
const shownMoveMs = 60_000;

/** Moves a test clock forward. What falls due meanwhile shows at the next look at each account. */
export const advanceTestClock: Route = {
  method: 'POST',
  path: pathPattern(paths.advanceTestClock(':clockId')),
  callers: backendOnly,
  async handle({ services, request, params }) {
    assertTestMode(services);
    const clockId = pathId(params, 'clockId');
    const toMs = parseInstant((await parseBody(request, testClockAdvance)).to);
    const record = await services.store.readClock(clockId);
    if (record === undefined) throw new AppError('not_found', `There is no test clock '${clockId}'`);
    if (toMs < record.nowMs)
      throw new AppError('conflict', 'A test clock goes forward only', {
        invalidParameters: [
          {
            pointer: '/to',
            detail: 'lies before the present',
            accepted: `not before ${formatInstant(record.nowMs)}`,
          },
        ],
      });
    await services.store.putClock({ id: clockId, nowMs: toMs });
    if (toMs - record.nowMs >= shownMoveMs) services.hub.touchAll();
    const clock: TestClock = { id: clockId, now: formatInstant(toMs) };
    return jsonReply(clock);
  },
};
