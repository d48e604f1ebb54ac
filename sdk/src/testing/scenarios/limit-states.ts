import type { LimitPolicy } from '@usagekit/server/contract';
import { fromMillionths } from '../../derive/decimal.ts';
import { type LimitShape, limitsOf, ordinaryItems, shareOf, usualPlan } from './catalog-shape.ts';
import { healthy, lowCredits } from './everyday.ts';
import {
  categoryOf,
  fillMeters,
  fillTo,
  giftsAmong,
  onPlan,
  onUsualPlan,
  severalGrants,
  twelveDays,
  usualCycleDay,
  usualShares,
} from './history.ts';
import type { Scenario, ScenarioPlan, ScenarioTools } from './scenario.ts';
import { changeUsualPlan, limitSuchThat } from './with-what-it-lacks.ts';

/** A soft limit is passed by 4%, and work goes on up to 10% beyond it. */
export const softCapOverage: Scenario = (plan) => {
  const soft = limitSuchThat(
    plan,
    { policy: 'soft' },
    {
      included: '1000',
      policy: 'soft',
    },
  );
  ordinaryWork(plan);
  plan.at({ minutes: 20 }, (tools) => fillTo(tools, limitNow(tools, soft.metric), 1.04));
};

/** A hard limit is reached exactly, and the next use is refused. */
export const hardCap: Scenario = (plan) => {
  const hard = limitSuchThat(
    plan,
    { policy: 'hard', kind: 'counter' },
    {
      included: '1000',
      policy: 'hard',
    },
  );
  ordinaryWork(plan);
  plan.at({ minutes: 20 }, (tools) => fillTo(tools, limitNow(tools, hard.metric), 1));
};

/** Use beyond an allowance goes on, and is on the next invoice. */
export const overage: Scenario = (plan) => {
  const over = limitSuchThat(
    plan,
    { policy: 'overage' },
    {
      included: '1000',
      policy: 'overage',
      beyond: 'invoice',
      overageRate: { amount: '0.02' },
    },
  );
  ordinaryWork(plan);
  plan.at({ minutes: 20 }, async (tools) => {
    const { account, backend } = tools;
    if (over.config.additionalUse !== undefined)
      await backend.send('PUT', `/v1/accounts/${account.id}/additional-use/${over.metric}`, {
        mode: 'unlimited',
      });
    await fillTo(tools, limitNow(tools, over.metric), 1.15);
  });
};

/** A member has used all that the account allotted to them, while the account has more. */
export const allocationReached: Scenario = (plan) => {
  const { metric, included } = limitSuchThat(
    plan,
    { policy: 'hard', kind: 'counter' },
    { included: '1000', policy: 'hard' },
  );
  const allotted = shareOf(included, 0.1);
  onUsualPlan(plan);
  severalGrants(plan);
  twelveDays(plan, 34);
  plan.at({ minutes: 20 }, async ({ account, backend }) => {
    await backend.putMember(account.id, 'member', { role: 'member', allocations: { [metric]: allotted } });
    await account.consume(metric, allotted, { memberId: 'member' });
  });
};

/** Six members spend from one pool; a quarter of it is left. */
export const sharedPool: Scenario = (plan) => {
  onUsualPlan(plan);
  severalGrants(plan);
  twelveDays(plan, 20);
  fillMeters(plan, usualShares);
  for (const [index, memberId] of ['owner', 'admin', 'manager', 'member'].entries()) {
    plan.at({ hours: 6 - index }, async ({ account, catalog }) => {
      const share = 0.6 - index * 0.1;
      await account.spendDownTo(creditsOfPlan(plan, share), { memberId, ...categoryOf(catalog, 'agent') });
    });
  }
  plan.at({ minutes: 30 }, ({ account }) => account.spendDownTo(creditsOfPlan(plan, 0.25)));
  giftsAmong(plan);
};

const boundless: LimitPolicy = 'unlimited';
const measured = new Set<LimitPolicy>(['observe']);

/** A plan without bounds, on which a great deal was used. */
export const unlimited: Scenario = (plan) => {
  const found = [...plan.catalog.plans]
    .sort((a, b) => b.rank - a.rank)
    .find(({ limits }) => limits.some(({ policy }) => policy === boundless));
  const { id } = found ?? usualPlan(plan.catalog);
  plan.changeCatalog(({ addOns = [], ...catalog }) => ({
    ...catalog,
    // More of what has no bound is not sold.
    addOns: addOns.filter(({ allowance }) => allowance === undefined),
    plans: catalog.plans.map((each) =>
      each.id === id
        ? {
            ...each,
            limits: each.limits.map(({ metric, policy }) =>
              measured.has(policy)
                ? { metric, included: null, policy }
                : { metric, included: null, policy: boundless },
            ),
          }
        : each,
    ),
  }));
  onPlan(plan, id);
  // A contract brings its credits by itself, and one without any could not be worked on.
  plan.at(usualCycleDay, ({ account }) => account.grant(5_000, { label: 'Contract', reason: 'Contract' }));
  severalGrants(plan);
  twelveDays(plan, 5);
  plan.at({ minutes: 40 }, async ({ account, catalog }) => {
    const used = catalog.plans.find((each) => each.id === id);
    for (const [index, { metric, kind }] of (used ? limitsOf(catalog, used) : []).entries()) {
      const quantity = 12_000 * (index + 1);
      if (kind === 'gauge') await account.setGauge(metric, quantity);
      else await account.consume(metric, quantity, { memberId: 'owner' });
    }
  });
};

/** As many tasks run at once as the plan allows, and the next one is answered with 429. */
export const rateLimited: Scenario = (plan) => {
  const atOnce = 3;
  changeUsualPlan(plan, (usual) => ({ ...usual, concurrentTasksMax: usual.concurrentTasksMax ?? atOnce }));
  lowCredits(plan);
  plan.at({ minutes: 9 }, async ({ account, catalog }) => {
    const { concurrentTasksMax = atOnce } = usualPlan(catalog);
    for (let index = 0; index < concurrentTasksMax; index += 1) {
      await account.runTask(`Compare vendors ${index + 1}`, {
        agentId: 'research',
        memberId: 'member',
        ...categoryOf(catalog, 'agent'),
        status: 'in_progress',
        estimate: ordinaryItems(catalog, () => 0),
      });
    }
  });
};

/** A window of five hours is used up; the next use passes when it ends. */
export const windowReached: Scenario = (plan) => {
  const hard = limitSuchThat(
    plan,
    { kind: 'counter' },
    {
      included: '1000',
      policy: 'hard',
    },
  );
  const limit = shareOf(hard.included, 0.05);
  const id = 'five_hours';
  changeUsualPlan(plan, (usual) => ({
    ...usual,
    windows: [
      ...(usual.windows ?? []).filter((window) => window.id !== id),
      { id, label: 'Five hours', metric: hard.metric, kind: 'first_use', minutes: 300, limit },
    ],
  }));
  // Earlier use lies in past windows.
  onUsualPlan(plan);
  severalGrants(plan);
  twelveDays(plan, 34);
  plan.at({ hours: 1 }, ({ account }) => account.consume(hard.metric, limit, { memberId: 'owner' }));
};

/** Auto top-up is on, and its charge was declined. */
export const topUpFailed: Scenario = (plan) => {
  const packs = plan.catalog.creditPacks ?? [];
  const bought = packs[0] ?? {
    id: 'pack',
    label: '500 credits',
    credits: '500',
    price: { amount: '10', currency: plan.catalog.currency },
  };
  if (packs.length === 0) plan.changeCatalog((catalog) => ({ ...catalog, creditPacks: [bought] }));
  changeUsualPlan(plan, ({ packs: _, ...usual }) => usual);
  onUsualPlan(plan);
  severalGrants(plan);
  twelveDays(plan, 40);
  fillMeters(plan, usualShares);
  plan.at({ hours: 3 }, async ({ account, backend, enterCard }) => {
    await enterCard('declines');
    const threshold = fromMillionths(BigInt(Math.floor(Number(bought.credits) / 5)) * 1_000_000n);
    await account.spendDownTo(Number(threshold) + 5);
    await backend.send('PUT', `/v1/accounts/${account.id}/auto-top-up`, {
      enabled: true,
      threshold,
      packId: bought.id,
    });
  });
  plan.at({ hours: 2 }, async ({ account, enterCard }) => {
    const { available } = await account.credits();
    await account.spendDownTo(Math.max(0, Math.floor(Number(available) - 10)));
    // The charge is made between requests, and entering the same card again waits for it.
    await enterCard('declines');
  });
  giftsAmong(plan);
};

/** Two gifts end within two days, and nothing of the others does. */
export const creditsExpiring: Scenario = (plan) => {
  healthy(plan);
  plan.at({ hours: 2 }, async ({ account }) => {
    const inHours = (hours: number) => new Date(plan.now.getTime() + hours * 3_600_000).toISOString();
    await account.grant(120, { label: 'Launch gift', expiresAt: inHours(20), reason: 'Launch' });
    await account.grant(60, { label: 'Apology', expiresAt: inHours(44), reason: 'Outage' });
    await account.grant(15, { label: 'Referral', reason: 'Referral' });
  });
};

/** The allowances come again in ten seconds. */
export const resetInSeconds: Scenario = (plan) => {
  const seconds = 10;
  const resetsAt = new Date(plan.now.getTime() + seconds * 1_000);
  const startedAt = new Date(resetsAt);
  startedAt.setUTCMonth(startedAt.getUTCMonth() - 1);
  // Where every cycle begins on the 1st, none could begin now.
  plan.changeCatalog((catalog) => ({ ...catalog, anchor: 'subscription_start' }));
  plan.begin({ milliseconds: plan.now.getTime() - startedAt.getTime() });
  lowCredits(plan);
};

function ordinaryWork(plan: ScenarioPlan): void {
  onUsualPlan(plan);
  severalGrants(plan);
  twelveDays(plan, 34);
  fillMeters(plan, usualShares);
}

const limitNow = ({ catalog }: ScenarioTools, metric: string): LimitShape => {
  const found = limitsOf(catalog, usualPlan(catalog)).find((each) => each.metric === metric);
  if (found === undefined) throw new Error(`The usual plan has no limit of ${metric}.`);
  return found;
};

const creditsOfPlan = (plan: ScenarioPlan, share: number) =>
  Math.floor(Number(usualPlan(plan.catalog).monthlyCredits ?? 1_000) * share);
