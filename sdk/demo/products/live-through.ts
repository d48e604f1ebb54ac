import type { UsageKitClient } from '@usagekit/server/client';
import { msPerDay } from '@usagekit/server/contract';
import type { DemoClock } from '../backend/demo-clock.ts';
import type { Buyer } from '../seed/create-buyer.ts';
import { seededRandom } from '../seed/seeded-random.ts';
import type { Story, StoryTask, StoryUse } from './story.ts';

/** Three cycles and eighteen days of the present one. */
const daysLived = 110;
/** Of what was done earlier only the use is told, not each task. */
const daysWithTasks = 45;
/** An account that is billed on the 1st is shown on this day of a month at the earliest. */
const shownFromDay = 18;

/**
 * Lives through three months of a story on a test clock, with the commands that a product sends day by day. Afterwards the
 * clock stands at the present, or later in the month where the story's catalog bills on the 1st and the month has just begun.
 */
export async function liveThrough(
  story: Story,
  { usage, clock, buyer, nowMs }: { usage: UsageKitClient; clock: DemoClock; buyer: Buyer; nowMs: number },
): Promise<void> {
  const { account, catalog, members, decisions } = story;
  const endAtMs = catalog.anchor === 'first_of_month' ? lateInMonth(nowMs) : nowMs;
  const startAtMs = endAtMs - daysLived * msPerDay;
  await clock.create(startAtMs);
  const { id: accountId, ...profile } = account;
  await usage.putAccount(accountId, { ...profile, testClockId: clock.id });
  for (const { id, ...member } of members) await usage.putMember(accountId, id, member);
  // A trial without a payment method is part of the story where the plan has one.
  if (!catalog.plans.some(({ id, trial }) => id === profile.planId && trial)) await buyer.enterCard();

  const random = seededRandom(11);
  for (let index = 0; index <= daysLived; index++) {
    const atMs = Math.min(endAtMs, startAtMs + index * msPerDay + 3 * 60_000);
    await clock.advanceTo(atMs);
    await decisions[index]?.({ usage, buyer, accountId });
    const weekday = new Date(atMs).getUTCDay();
    const pace = (weekday === 0 || weekday === 6 ? 0.25 : 1.15) * (0.7 + (0.4 * index) / daysLived);
    const planned = story.day({ index, random, pace, isLast: index === daysLived });
    const tasks = index > daysLived - daysWithTasks ? planned.tasks : [];
    const uses = tasks.length > 0 ? planned.uses : [...planned.uses, ...planned.tasks.map(useOf)];
    const rejected = await Promise.all([
      usage.reportEvents(uses.map((use, place) => ({ ...use, id: `day-${index}-${place}`, accountId }))),
      ...tasks.map((task, place) => startTask(usage, accountId, `run-${index}-${place}`, task)),
    ]).then(([events]) => events.rejected);
    if (rejected.length > 0)
      throw new Error(`The story reports what is refused: ${JSON.stringify(rejected[0])}`);
    if (tasks.length > 0 && index < daysLived) await clock.advanceTo(atMs + 9 * 60_000);
    await Promise.all(tasks.map((task, place) => endTask(usage, accountId, `run-${index}-${place}`, task)));
  }
}

function useOf({ memberId, agentId, projectId, apiKeyId, category, items }: StoryTask): StoryUse {
  return {
    memberId,
    agentId,
    ...(projectId !== undefined && { projectId }),
    ...(apiKeyId !== undefined && { apiKeyId }),
    ...(category !== undefined && { category }),
    source: 'agent',
    items,
  };
}

function lateInMonth(nowMs: number): number {
  const now = new Date(nowMs);
  return Math.max(nowMs, Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), shownFromDay, 12));
}

async function startTask(usage: UsageKitClient, accountId: string, id: string, task: StoryTask) {
  const { name, memberId, agentId, projectId, apiKeyId, category, items, ends } = task;
  const started = await usage.createTask({
    accountId,
    id,
    name,
    memberId,
    agentId,
    ...(projectId !== undefined && { projectId }),
    ...(apiKeyId !== undefined && { apiKeyId }),
    ...(category !== undefined && { category }),
    source: 'agent',
    status: 'in_progress',
    ...(ends === 'running' && { estimate: items }),
  });
  if (!started.allowed) throw new Error(`The story cannot start ${id}: ${started.refusal.message}`);
}

async function endTask(
  usage: UsageKitClient,
  accountId: string,
  id: string,
  { ends, items, result, error }: StoryTask,
) {
  if (ends === 'running') return;
  const ended = await usage.changeTask(id, {
    accountId,
    status: ends,
    items,
    ...(ends === 'completed' ? result !== undefined && { result } : error !== undefined && { error }),
  });
  if (!ended.allowed) throw new Error(`The story cannot end ${id}: ${ended.refusal.message}`);
}
