import { credits } from '../../../contract/schemas/credits.ts';
import { dayOf } from '../../../domain/time/calendar.ts';
import { creditsMetric } from '../../../domain/usage/cells.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { jsonReply } from '../../http/reply.ts';
import { readers, route } from '../../http/route.ts';
import { showsBalance } from '../amounts-in-view.ts';
import { creditsView, paceDays } from './credits-view.ts';

/** Entries that the balance shows beside its figures. */
const recentMax = 5;

/** Balance, grants in burn order, what comes and what ends next, and the last entries. */
export const getCredits = route('GET /v1/accounts/:accountId/credits', {
  words: 'Balance, grants in burn order, what comes and what ends next',
  callers: readers,
  answers: { 200: credits },
  async handle({ services, params, caller }) {
    const { accountId } = params;
    const reading = await readAccount(services, accountId, caller);
    const { viewer, catalog, state, nowMs, due } = reading;
    assertMaySee(showsBalance(viewer, catalog.unit));
    const today = dayOf(nowMs, state.profile.timeZone);
    const [page, spentByDay] = await Promise.all([
      services.store.listEntries(accountId, { limit: recentMax }),
      services.store.readCells({
        accountId,
        metric: creditsMetric,
        dimension: '',
        fromDay: today - paceDays,
        toDay: today,
      }),
    ]);
    const recent = [...due.entries.toReversed(), ...page.items].slice(0, recentMax);
    return jsonReply(creditsView(reading, recent, spentByDay));
  },
});
