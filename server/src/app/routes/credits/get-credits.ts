import type { Credits } from '../../../contract/credits/credits.ts';
import { credits } from '../../../contract/credits/credits-schemas.ts';
import { dayOf } from '../../../domain/time/calendar.ts';
import { creditsMetric } from '../../../domain/usage/cells.ts';
import { showsBalance } from '../../access/amounts-in-view.ts';
import { type AccountReading, assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { creditsView, paceDays } from './credits-view.ts';
import { readRecentChanges } from './recent-changes.ts';

/** Balance, grants in burn order, the next credits and the next expiry, and the last changes. */
export const getCredits = route('GET /v1/accounts/:accountId/credits', {
  words: 'Balance, grants in burn order, the next credits and the next expiry',
  callers: readers,
  answers: { 200: credits },
  async handle({ services, params, caller }) {
    const reading = await readAccount(services, params.accountId, caller);
    assertMaySee(maySeeCredits(reading));
    return readingReply(reading, await readCredits(services, reading));
  },
});

export function maySeeCredits({ viewer, catalog }: AccountReading): boolean {
  return showsBalance(viewer, catalog.unit);
}

/** The account's credits for a viewer who may see the balance. */
export async function readCredits({ store }: Services, reading: AccountReading): Promise<Credits> {
  const { state, nowMs } = reading;
  const accountId = state.profile.id;
  const today = dayOf(nowMs, state.profile.timeZone);
  const [recent, spentByDay] = await Promise.all([
    readRecentChanges({ store }, reading),
    store.readCells({
      accountId,
      metric: creditsMetric,
      dimension: '',
      fromDay: today - paceDays,
      toDay: today,
    }),
  ]);
  return creditsView(reading, recent, spentByDay);
}
