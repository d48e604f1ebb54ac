import { forecast } from '../../../contract/schemas/forecast.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { readingReply } from '../../http/reply.ts';
import { readers, route } from '../../http/route.ts';
import { readForecast } from '../../usage/forecast-reader.ts';

/** Where the cycle is heading, for each figure that the caller may see and that there is enough data for. */
export const getForecast = route('GET /v1/accounts/:accountId/forecast', {
  words: 'What will have been used when the cycle ends, and when what is left runs out',
  callers: readers,
  answers: { 200: forecast },
  async handle({ services, params, caller }) {
    const reading = await readAccount(services, params.accountId, caller);
    const { view } = reading.viewer;
    assertMaySee(view.balance || (view.usage === 'units' && view.usageOf === 'all'));
    return readingReply(reading, await readForecast(services, reading));
  },
});
