import {
  type Dimensions,
  type LimitPolicy,
  msPerDay,
  type Page,
  paths,
  type Task,
  type Usage,
} from '@usagekit/server/contract';
import { fromMillionths, toMillionths } from '../../derive/decimal.ts';
import type { TaskRun } from '../accounts/mock-account.ts';
import { HostBackendError } from '../engine/host-backend.ts';
import {
  itemsWorth,
  type LimitShape,
  limitsOf,
  ordinaryItems,
  planById,
  shareOf,
  usualPlan,
} from './catalog-shape.ts';
import type { Before, ScenarioPlan, ScenarioTools } from './scenario.ts';

const agents = ['research', 'inbox', 'reports'] as const;
export type Agent = (typeof agents)[number];

export const taskNames: Record<Agent, string> = {
  research: 'Research a company',
  inbox: 'Sort the inbox',
  reports: 'Write the weekly report',
};

export const usualCycleDay = 12;

/** Counters of these are filled at once; the day's work counts in the others. */
const filledByHand = new Set<LimitPolicy>(['hard', 'overage']);
const forgiving = new Set<LimitPolicy>(['soft']);

/** The account is on the plan of a usual customer, with a card where the catalog collects invoices. */
export function onUsualPlan(plan: ScenarioPlan): void {
  onPlan(plan, usualPlan(plan.catalog).id);
}

export function onPlan(plan: ScenarioPlan, planId: string): void {
  plan.account({ planId, trial: false });
  if (plan.catalog.billing !== undefined) plan.first(({ enterCard }) => enterCard('succeeds'));
}

/** The plans that have twelve days of work: of scenarios on one plan the first brings them, since two would be double the work. */
const worked = new WeakSet<ScenarioPlan>();

/**
 * Twelve days of work: three tasks a day that take a while, some runs, and about the given credits of other work. One task
 * failed, one was cancelled.
 */
export function twelveDays(plan: ScenarioPlan, dailyWork: number): void {
  plan.begin(usualCycleDay);
  if (worked.has(plan)) return;
  worked.add(plan);
  for (let day = usualCycleDay; day > 0; day -= 1) {
    plan.at(day, (tools) => workForADay(tools, { day: usualCycleDay - day + 1, dailyWork }));
  }
  plan.at({ hours: 20 }, (tools) =>
    workOn(tools, 'Draft a reply', {
      agentId: 'inbox',
      memberId: 'member',
      status: 'cancelled',
      takes: '40s',
      ...categoryOf(tools.catalog, 'email'),
    }),
  );
}

/** Does what people do of their own accord; nothing where the state of another scenario on the same plan refuses it. */
export async function ifAllowed(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    // Anything else is a mistake of the scenario.
    if (!(error instanceof HostBackendError && error.problem.refusal)) throw error;
    return false;
  }
}

/** A task of ordinary work, which fails or is not begun where the account may not work. */
export async function workOn({ account, backend }: ScenarioTools, name: string, run: TaskRun): Promise<void> {
  if (await ifAllowed(() => account.runTask(name, run))) return;
  const { items } = await backend.send<Page<Task>>(
    'GET',
    `${paths.tasks}?accountId=${account.id}&status=in_progress`,
  );
  const begun = items.find((task) => task.name === name);
  if (begun === undefined) return;
  await backend.changeTask(begun.id, {
    accountId: account.id,
    status: 'failed',
    error: 'The work was refused.',
  });
}

async function workForADay(
  tools: ScenarioTools,
  { day, dailyWork }: { day: number; dailyWork: number },
): Promise<void> {
  const { account, catalog, random } = tools;
  for (const [index, agentId] of agents.entries()) {
    const items = ordinaryItems(catalog, random);
    if (items.length === 0) break;
    await workOn(tools, `${taskNames[agentId]} ${day}`, {
      agentId,
      memberId: index === 0 ? 'member' : 'owner',
      ...categoryOf(catalog, index === 1 ? 'email' : 'agent'),
      items,
      takes: { minutes: 2 + 3 * index, seconds: 7 * day },
      ...(day === 9 && index === 2
        ? { status: 'failed' as const, error: 'The report has no data for this range.' }
        : { result: 'Done.' }),
    });
  }
  await spendAbout(tools, dailyWork - 4 + Math.floor(random() * 8), {
    memberId: 'admin',
    ...categoryOf(catalog, 'chat'),
  });
  const soft = limitsOf(catalog, planOf(tools)).find(
    ({ kind, policy }) => kind === 'counter' && forgiving.has(policy),
  );
  if (!soft) return;
  const used = 20 + Math.floor(random() * 15);
  await ifAllowed(() => account.consume(soft.metric, used, { agentId: 'reports' }));
}

/** Spends so many credits where there are so many, and the catalog's prices come to about that. */
async function spendAbout(
  { account, catalog }: ScenarioTools,
  credits: number,
  dimensions: Dimensions,
): Promise<void> {
  const [items] = itemsWorth(catalog, toMillionths(String(credits))).requests;
  if (items === undefined) return;
  await ifAllowed(() => account.consume(items, 1, dimensions));
}

/** A category where the catalog has it: an unknown one would be shown by its id. */
export function categoryOf(
  { categories = [] }: ScenarioTools['catalog'],
  id: string,
): { category: string } | Record<string, never> {
  const found = categories.find((category) => category.id === id) ?? categories[0];
  return found ? { category: found.id } : {};
}

const planOf = ({ catalog }: ScenarioTools) => usualPlan(catalog);

/** How full each kind of meter is made, in the order of the plan's limits. */
export interface MeterShares {
  gauges: readonly number[];
  counters: readonly number[];
  /** A gauge with a soft limit, which may go beyond it. */
  softGauge: number;
}

export const usualShares: MeterShares = {
  gauges: [0.37, 0.5, 0.2],
  counters: [0.248, 0.42, 0.12, 0.3, 0.05],
  softGauge: 0.732,
};

export const highShares: MeterShares = {
  gauges: [1, 0.9],
  counters: [0.92, 0.8, 0.91, 0.85],
  softGauge: 1.04,
};

/** Fills the meters whose use people report; limits of unlimited, observed and soft counters stay with the day's work. */
export function fillMeters(plan: ScenarioPlan, shares: MeterShares, planId?: string): void {
  plan.at({ minutes: 45 }, async (tools) => {
    const { account, backend, catalog } = tools;
    const { groups } = await backend.send<Usage>('GET', paths.usage(account.id));
    const used = new Map(groups.flatMap(({ meters }) => meters.map((meter) => [meter.metric, meter.used])));
    let [gauge, counter] = [0, 0];
    for (const { metric, kind, policy, included } of limitsOf(catalog, planById(catalog, planId))) {
      if (included === 0n) continue;
      if (kind === 'gauge') {
        const share = forgiving.has(policy) ? shares.softGauge : (shares.gauges[gauge++] ?? 0.5);
        await account.setGauge(metric, shareOf(included, share));
      } else if (filledByHand.has(policy)) {
        const index = counter++;
        const target = toMillionths(shareOf(included, shares.counters[index] ?? 0.2));
        const left = target - toMillionths(used.get(metric) ?? '0');
        if (left <= 0n) continue;
        const dimensions = {
          memberId: index === 1 ? 'member' : 'owner',
          ...(index === 0 ? categoryOf(catalog, 'email') : {}),
        };
        await ifAllowed(() => account.consume(metric, fromMillionths(left), dimensions));
      }
    }
  });
}

/** Uses a metric until its meter reaches a share of the allowance; does nothing if it is higher already. */
export async function fillTo(
  { account, backend }: ScenarioTools,
  { metric, kind, included }: LimitShape,
  share: number,
  dimensions: Dimensions = { memberId: 'owner' },
): Promise<void> {
  const target = toMillionths(shareOf(included, share));
  if (kind === 'gauge') return account.setGauge(metric, fromMillionths(target));
  const left = target - toMillionths(await usedOf(backend, account.id, metric));
  if (left > 0n) await account.consume(metric, fromMillionths(left), dimensions);
}

/** The use of a metric in the present cycle. */
export async function usedOf(
  backend: ScenarioTools['backend'],
  accountId: string,
  metric: string,
): Promise<string> {
  const { groups, budget } = await backend.send<Usage>('GET', paths.usage(accountId));
  const meter = groups.flatMap(({ meters }) => meters).find((each) => each.metric === metric);
  // The metric that a budget counts is shown as the budget, and as no meter.
  return (meter === undefined ? budget?.used : meter.used) ?? '0';
}

/** Two gifts in the place of as many other credits: there are several grants, and as much is left as before. */
export function giftsAmong(plan: ScenarioPlan): void {
  plan.at({ minutes: 25 }, async ({ account }) => {
    const gifts = [25, 15];
    const left = toMillionths((await account.credits()).available);
    const given = toMillionths(String(gifts.reduce((sum, gift) => sum + gift, 0)));
    if (left <= given) return;
    await account.spendDownTo(fromMillionths(left - given), { memberId: 'owner' });
    for (const gift of gifts) await account.grant(gift, { label: 'Referral', reason: 'Referral' });
  });
}

/** Two gifts that were not used before they ended, so that nothing of them is left. */
export function giftsThatEnded(plan: ScenarioPlan): void {
  const daysAgo = (days: number) => new Date(plan.now.getTime() - days * msPerDay).toISOString();
  plan.at(11, async ({ account }) => {
    await account.grant(25, { label: 'Welcome gift', expiresAt: daysAgo(9), reason: 'Welcome' });
    await account.grant(15, { label: 'Spring campaign', expiresAt: daysAgo(8), reason: 'Campaign' });
  });
}

/** Gifts that are given soon after the account was made. */
export function welcomeGifts(plan: ScenarioPlan, before: Before): void {
  plan.at(before, async ({ account }) => {
    await account.grant(25, { label: 'Welcome gift', reason: 'Welcome' });
    await account.grant(15, { label: 'Referral', reason: 'Referral' });
  });
}

/** Gifts and, where the catalog sells packs, a bought one: grants that end at different times. */
export function severalGrants(plan: ScenarioPlan): void {
  plan.at(10, async ({ account, backend, catalog, enterCard }) => {
    await account.grant(25, { label: 'Welcome gift', reason: 'Welcome' });
    const until = new Date(plan.now.getTime() + 5 * msPerDay).toISOString();
    await account.grant(40, { label: 'Spring campaign', expiresAt: until, reason: 'Campaign' });
    const pack = catalog.creditPacks?.[0];
    if (!pack || usualPlan(catalog).packs === false) return;
    await enterCard('succeeds');
    await backend.send('POST', `/v1/accounts/${account.id}/credit-packs/${pack.id}/purchase`);
  });
}
