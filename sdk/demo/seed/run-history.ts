import type { UsageKitClient } from '@usagekit/server/client';
import { msPerDay, type UsageEvent } from '@usagekit/server/contract';
import type { DemoClock } from '../backend/demo-clock.ts';
import { account, members } from '../workspace.ts';
import type { Buyer } from './create-buyer.ts';
import type { History, PlannedDay, PlannedTask } from './plan-history.ts';

/** What happens at one instant; its commands do not depend on one another. */
interface Moment {
  atMs: number;
  commands: ((usage: UsageKitClient, buyer: Buyer) => Promise<unknown>)[];
}

/**
 * Lives through the history on a test clock, with the commands that a product sends day by day. Afterwards the clock
 * stands at the end of the history, and two tasks are running.
 */
export async function runHistory(
  usage: UsageKitClient,
  clock: DemoClock,
  { history, buyer, onProgress }: { history: History; buyer: Buyer; onProgress(share: number): void },
): Promise<void> {
  await clock.create(history.startAtMs);
  await usage.putAccount(account.id, {
    kind: 'organization',
    name: account.name,
    timeZone: account.timeZone,
    planId: 'team',
    testClockId: clock.id,
  });
  for (const { id, name, role } of members) await usage.putMember(account.id, id, { name, role });
  await buyer.enterCard();

  const moments = momentsOf(history);
  for (const [index, moment] of moments.entries()) {
    await clock.advanceTo(moment.atMs);
    await Promise.all(moment.commands.map((command) => command(usage, buyer)));
    onProgress((index + 1) / moments.length);
  }
  await clock.advanceTo(history.endAtMs);
  await allot(usage, history);
}

function momentsOf({ days, packBoughtAtMs, promotionAtMs }: History): Moment[] {
  const moments = new Map<number, Moment>();
  const at = (atMs: number, command: Moment['commands'][number]) => {
    const moment = moments.get(atMs) ?? { atMs, commands: [] };
    moment.commands.push(command);
    moments.set(atMs, moment);
  };
  at(packBoughtAtMs, (_usage, buyer) => buyer.buyPack('pack_2000'));
  at(promotionAtMs, (usage) =>
    usage.grant(account.id, {
      amount: '250',
      label: 'Early access',
      reason: 'For taking part in the early access of Sage',
      expiresAt: instant(promotionAtMs + 15 * msPerDay),
    }),
  );
  for (const day of days) {
    for (const task of day.tasks) {
      at(task.startAtMs, (usage) => startTask(usage, task));
      if (isEnded(task)) at(task.endAtMs, (usage) => endTask(usage, task));
    }
    at(day.tasks[0]?.startAtMs ?? day.atMs, (usage) =>
      usage.reportEvents([countedBeside(day), ...(day.apiCalls > 0 ? [calledBeside(day)] : [])]),
    );
  }
  return [...moments.values()].sort((a, b) => a.atMs - b.atMs);
}

function isEnded({ ends }: PlannedTask): boolean {
  return ends !== 'running' && ends !== 'waiting';
}

async function startTask(usage: UsageKitClient, task: PlannedTask): Promise<void> {
  const { id, name, memberId, agentId, projectId, category, apiKeyId, items, ends } = task;
  const started = await usage.createTask({
    accountId: account.id,
    id,
    name,
    memberId,
    agentId,
    projectId,
    category,
    ...(apiKeyId !== undefined && { apiKeyId }),
    source: 'agent',
    status: ends === 'waiting' ? 'pending' : 'in_progress',
    // What was set aside for tasks that have ended is nothing that anybody looks for.
    ...(!isEnded(task) && { estimate: items }),
  });
  if (!started.allowed) throw new Error(`The story has no credits for ${id}: ${started.refusal.message}`);
}

async function endTask(usage: UsageKitClient, task: PlannedTask): Promise<void> {
  const { id, ends, items, result, error } = task;
  if (ends === 'running' || ends === 'waiting') return;
  const ended = await usage.changeTask(id, {
    accountId: account.id,
    status: ends,
    ...(items.length > 0 && { items }),
    ...(result !== undefined && { result }),
    ...(error !== undefined && { error }),
  });
  if (!ended.allowed) throw new Error(`The story has no credits for ${id}: ${ended.refusal.message}`);
}

function countedBeside(day: PlannedDay): UsageEvent {
  const counters = { digest_emails: day.digestEmails, exports: day.exports };
  return {
    id: `day-${instant(day.atMs).slice(0, 10)}`,
    accountId: account.id,
    source: 'automation',
    items: [
      ...Object.entries(counters)
        .filter(([, quantity]) => quantity > 0)
        .map(([metric, quantity]) => ({ metric, quantity: String(quantity) })),
      { metric: 'sources', quantity: String(day.sources), op: 'set' },
      { metric: 'storage_gb', quantity: String(day.storageGb), op: 'set' },
    ],
  };
}

/** The calls of the customer's own site, through its key. */
function calledBeside(day: PlannedDay): UsageEvent {
  return {
    id: `calls-${instant(day.atMs).slice(0, 10)}`,
    accountId: account.id,
    source: 'automation',
    apiKeyId: 'reader-site',
    items: [{ metric: 'api_calls', quantity: String(day.apiCalls) }],
  };
}

/** Gives the analyst a share of the AI tokens, and uses about two thirds of it. */
async function allot(usage: UsageKitClient, { days }: History): Promise<void> {
  const analyst = members.find(({ id }) => id === 'analyst');
  if (!analyst) return;
  const tokens = days
    .slice(-22)
    .flatMap(({ tasks }) => tasks)
    .filter(({ memberId, ends }) => memberId === analyst.id && ends === 'completed')
    .flatMap(({ items }) => items)
    .reduce(
      (sum, item) => ('model' in item ? sum + (item.inputTokens ?? 0) + (item.outputTokens ?? 0) : sum),
      0,
    );
  await usage.putMember(account.id, analyst.id, {
    name: analyst.name,
    role: analyst.role,
    allocations: { ai_tokens: String(Math.ceil((tokens * 1.5) / 100_000) * 100_000) },
  });
}

function instant(atMs: number): string {
  return new Date(atMs).toISOString();
}
