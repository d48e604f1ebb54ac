import type { CatalogConfig, LimitPolicy } from '@usagekit/server/contract';
import { toMillionths } from '../../derive/decimal.ts';
import { freePlan, itemsWorth, limitsOf, ordinaryItems, usualPlan } from './catalog-shape.ts';
import {
  categoryOf,
  fillMeters,
  giftsThatEnded,
  highShares,
  ifAllowed,
  onPlan,
  onUsualPlan,
  severalGrants,
  twelveDays,
  usedOf,
  usualCycleDay,
  usualShares,
} from './history.ts';
import type { Scenario, ScenarioPlan, ScenarioTools } from './scenario.ts';

/** A first day: an account as it is made, on the catalog's default plan, with nothing used. */
export const fresh: Scenario = (plan) => plan.begin(0);

/** Twelve days of ordinary use: 38% of the credits are left (380 of 1,000 by default), and no meter is near its limit. */
export const healthy: Scenario = (plan) => {
  onUsualPlan(plan);
  twelveDays(plan, 34);
  fillMeters(plan, usualShares);
  plan.at({ minutes: 30 }, ({ account, catalog }) =>
    ifAllowed(() => account.spendDownTo(creditsOf(catalog, 0.38))),
  );
};

/** 8% of the credits are left (80 of 1,000); meters stand at 80%, 92%, at the limit and beyond a soft one. */
export const nearLimit: Scenario = (plan) => {
  onUsualPlan(plan);
  twelveDays(plan, 56);
  fillMeters(plan, highShares);
  plan.at({ minutes: 30 }, ({ account, catalog }) => account.spendDownTo(creditsOf(catalog, 0.08)));
};

/** 10% of the credits are left, with gifts and a pack among them. */
export const lowCredits: Scenario = (plan) => {
  onUsualPlan(plan);
  severalGrants(plan);
  twelveDays(plan, 60);
  fillMeters(plan, usualShares);
  leave(plan, (catalog) => Number(creditsOf(catalog, 0.1)));
};

/** Exactly one credit is left. */
export const lastCredit: Scenario = (plan) => {
  lowCredits(plan);
  plan.finally(({ account }) => account.spendDownTo(1));
};

/** Not one credit is left, and the next ones come with the next cycle. */
export const outOfCredits: Scenario = (plan) => {
  onUsualPlan(plan);
  giftsThatEnded(plan);
  twelveDays(plan, 63);
  fillMeters(plan, usualShares);
  plan.at({ minutes: 31 }, useUpBudget);
  plan.at({ minutes: 30 }, ({ account }) => account.spendDownTo(0));
};

/** Like `healthy`, with a running task: 60 credits are held for it, and 15 of them are charged already. */
export const taskRunning: Scenario = (plan) => {
  healthy(plan);
  plan.at({ minutes: 4 }, async ({ account, catalog }) => {
    const work = (calls: number) => {
      const tool = catalog.tools?.[0];
      return tool ? [{ tool: tool.id, calls }] : ordinaryItems(catalog, () => 0);
    };
    await account.runTask('Compare twelve vendors', {
      agentId: 'research',
      memberId: 'member',
      ...categoryOf(catalog, 'agent'),
      estimate: work(60),
      items: work(15),
      status: 'in_progress',
    });
  });
};

const stops = new Set<LimitPolicy>(['hard']);

/** A free account with every credit spent and its emails at their hard limit: an upgrade is what helps. */
export const freeAtLimit: Scenario = (plan) => {
  const free = freePlan(plan.catalog);
  onPlan(plan, free.id);
  plan.begin(usualCycleDay);
  plan.at(2, async ({ account, catalog }) => {
    const tool = catalog.tools?.[0];
    if (tool && free.monthlyCredits !== undefined) {
      await account.runTask('Sort the inbox', {
        agentId: 'inbox',
        memberId: 'owner',
        ...categoryOf(catalog, 'email'),
        items: [{ tool: tool.id, calls: 40 }],
        result: 'Done.',
        takes: '6m',
      });
    }
    const hard = limitsOf(catalog, free).find(
      ({ kind, policy, included }) => kind === 'counter' && stops.has(policy) && included > 0n,
    );
    if (hard?.config.included)
      await account.consume(hard.metric, hard.config.included, {
        memberId: 'owner',
        ...categoryOf(catalog, 'email'),
      });
  });
  plan.at({ minutes: 30 }, ({ account }) => account.spendDownTo(0));
};

/** If an allowance pays charges first, uses up the rest of it. */
async function useUpBudget({ account, backend, catalog }: ScenarioTools): Promise<void> {
  const budget = catalog.metrics.find(({ countsFrom }) => countsFrom === 'charges')?.id;
  const included = usualPlan(catalog).limits.find(({ metric }) => metric === budget)?.included;
  if (budget === undefined || typeof included !== 'string') return;
  const left = toMillionths(included) - toMillionths(await usedOf(backend, account.id, budget));
  const { requests } = itemsWorth(catalog, left);
  for (const items of requests) await account.consume(items, 1, { memberId: 'member' });
}

/** So many credits are left in the end, in more than one grant where they come to more than two small gifts. */
function leave(plan: ScenarioPlan, creditsIn: (catalog: CatalogConfig) => number): void {
  plan.at({ minutes: 30 }, async ({ account, catalog }) => {
    const credits = creditsIn(catalog);
    const gifts = credits > 40 ? [25, 15] : [];
    await account.spendDownTo(credits - gifts.reduce((sum, gift) => sum + gift, 0));
    for (const gift of gifts) await account.grant(gift, { label: 'Referral', reason: 'Referral' });
  });
}

/** A part of what the usual plan brings each month; of a round thousand where it brings none. */
function creditsOf(catalog: CatalogConfig, share: number): string {
  return String(Math.floor(Number(usualPlan(catalog).monthlyCredits ?? 1_000) * share));
}
