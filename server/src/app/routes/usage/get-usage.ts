import type { Usage } from '../../../contract/usage/usage.ts';
import { usage } from '../../../contract/usage/usage-schemas.ts';
import type { Micros } from '../../../domain/amounts/amounts.ts';
import { creditsMetric } from '../../../domain/usage/cells.ts';
import { type AccountReading, assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import type { Services } from '../../services.ts';
import { readUsedThisCycle } from '../../usage/usage-reader.ts';
import { type CycleSums, ownMetrics, usageView } from './usage-view.ts';

export const getUsage = route('GET /v1/accounts/:accountId/usage', {
  words: "Meters, budget, categories and the caller's own use in the present cycle",
  callers: readers,
  answers: { 200: usage },
  async handle({ services, params, caller }) {
    const reading = await readAccount(services, params.accountId, caller);
    assertMaySee(maySeeUsage(reading));
    return readingReply(reading, await readUsage(services, reading));
  },
});

export function maySeeUsage({ viewer }: AccountReading): boolean {
  return viewer.view.usage !== 'none';
}

/** The account's use in the present cycle, as the viewer may see it. */
export async function readUsage(services: Services, reading: AccountReading): Promise<Usage> {
  return usageView(reading, await readCycleSums(services, reading));
}

async function readCycleSums(services: Services, reading: AccountReading): Promise<CycleSums> {
  const { catalog, member, viewer } = reading;
  const categories =
    catalog.categories.size === 0
      ? new Map<string, Micros>()
      : await readUsedThisCycle(services, reading, catalog.budget.metric ?? creditsMetric, 'category');
  const own = new Map<string, Micros>();
  if (member !== undefined && viewer.view.usage === 'units') {
    const metrics = ownMetrics(reading);
    const sums = await Promise.all(
      metrics.map(({ id }) => readUsedThisCycle(services, reading, id, 'member')),
    );
    for (const [index, { id }] of metrics.entries()) own.set(id, sums[index]?.get(member.id) ?? 0n);
  }
  return { byCategory: categories, own };
}
