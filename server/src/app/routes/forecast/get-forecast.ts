import { forecast } from '../../../contract/forecast/forecast-schemas.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { readForecast } from '../../forecast/forecast-reader.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';

/** The forecast of each figure that the caller may see and that has enough data. */
export const getForecast = route('GET /v1/accounts/:accountId/forecast', {
  words: 'Forecast use at the end of the cycle, and the time when the rest runs out',
  callers: readers,
  answers: { 200: forecast },
  async handle({ services, params, caller }) {
    const reading = await readAccount(services, params.accountId, caller);
    const { view } = reading.viewer;
    assertMaySee(view.balance || (view.usage === 'units' && view.usageOf === 'all'));
    return readingReply(reading, await readForecast(services, reading));
  },
});
