import { paths } from '../../contract/paths.ts';
import { dayOf } from '../../domain/calendar.ts';
import { creditsMetric } from '../../domain/cells.ts';
import { assertMaySee, readAccount } from '../account-reader.ts';
import { pathId, pathPattern } from '../path-pattern.ts';
import { jsonReply } from '../reply.ts';
import { type Route, readers } from '../route.ts';
import { showsBalance } from '../views/amounts-in-view.ts';
import { creditsView, paceDays } from '../views/credits-view.ts';

/** Entries that the balance shows beside its figures. */
const recentMax = 5;

/** Balance, grants in burn order, what comes and what ends next, and the last entries. */
export const getCredits: Route = {
  method: 'GET',
  path: pathPattern(paths.credits(':accountId')),
  callers: readers,
  async handle({ services, params, caller }) {
    const accountId = pathId(params, 'accountId');
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
};
