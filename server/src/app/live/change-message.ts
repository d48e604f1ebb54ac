import type { ChangeMessage, MovedAnswers, View } from '../../contract/live/stream.ts';
import type { LedgerRecord } from '../../domain/credits/state.ts';
import type { Facts } from '../../domain/facts.ts';
import type { TaskRecord } from '../../domain/tasks/state.ts';
import { showsBalance } from '../access/amounts-in-view.ts';
import type { AccountReading } from '../accounts/account-reader.ts';
import { blockedBy, levelOfAccount } from '../accounts/standing-of-account.ts';
import { formatInstant } from '../http/instants.ts';
import { summaryView } from '../routes/accounts/summary-view.ts';
import { maySeeCredits, readCredits } from '../routes/credits/get-credits.ts';
import { ledgerEntryView } from '../routes/credits/ledger-view.ts';
import { creditsLeftView } from '../routes/gate/gate-views.ts';
import { maySeeSubscription } from '../routes/subscription/get-subscription.ts';
import { subscriptionView } from '../routes/subscription/views/subscription-view.ts';
import { namedTaskView } from '../routes/tasks/named-task-view.ts';
import { maySeeUsage, readUsage } from '../routes/usage/get-usage.ts';
import type { Services } from '../services.ts';
import type { Change } from './change-hint.ts';

const taskIdsMax = 50;
/** Rows of a list that a message carries; where there are more, they are asked for. */
const carriedRowsMax = 20;

interface Telling {
  readonly services: Services;
  readonly reading: AccountReading;
  readonly facts: Facts | undefined;
}

type Carried = keyof MovedAnswers;

/** How each answer that a message carries is made; undefined where this viewer, or this message, does not have it. */
const carry: {
  readonly [Name in Carried]-?: (telling: Telling) => MaybePromise<MovedAnswers[Name] | undefined>;
} = {
  summary: ({ reading }) => summaryView(reading),
  usage: ({ services, reading }) => (maySeeUsage(reading) ? readUsage(services, reading) : undefined),
  credits: ({ services, reading }) => (maySeeCredits(reading) ? readCredits(services, reading) : undefined),
  subscription: ({ reading }) => (maySeeSubscription(reading) ? subscriptionView(reading) : undefined),
  ledger: ({ reading, facts }) => (maySeeCredits(reading) && facts ? newEntries(reading, facts) : undefined),
  tasks: ({ services, reading, facts }) => (facts ? changedTasks(services, reading, facts) : undefined),
};

type MaybePromise<Value> = Value | Promise<Value>;

/** One change as a viewer may see it. */
export async function changeMessage(
  services: Services,
  reading: AccountReading,
  { views, facts, tasks }: Change,
  since: number,
): Promise<ChangeMessage> {
  const { state, catalog, nowMs, viewer } = reading;
  return {
    type: 'change',
    accountId: state.profile.id,
    version: state.version,
    since,
    views: [...views],
    moved: await movedAnswers({ services, reading, facts }, views),
    credits: showsBalance(viewer, catalog.unit) ? creditsLeftView(state, catalog) : null,
    level: levelOfAccount(reading),
    blocked: blockedBy(reading) !== null,
    taskIds: visibleTasks(reading, tasks)
      .slice(0, taskIdsMax)
      .map(({ id }) => id),
    asOf: formatInstant(nowMs),
  };
}

async function movedAnswers(telling: Telling, views: readonly View[]): Promise<MovedAnswers> {
  const names = (Object.keys(carry) as Carried[]).filter((name) => views.includes(name));
  const answers = await Promise.all(
    names.map(async (name): Promise<[Carried, unknown]> => [name, await carry[name](telling)]),
  );
  return Object.fromEntries(answers.filter(([, answer]) => answer !== undefined));
}

function newEntries({ catalog, viewer }: AccountReading, { entries, usage }: Facts) {
  if (entries.length > carriedRowsMax) return undefined;
  const usageOf = (entry: LedgerRecord) => usage.find(({ id }) => id === entry.usageId);
  return entries
    .toReversed()
    .map((entry) => ledgerEntryView(entry, { catalog, viewer, usage: usageOf(entry) }));
}

async function changedTasks(services: Services, reading: AccountReading, facts: Facts) {
  const tasks = visibleTasks(reading, facts.tasks);
  // A hold may expire, and its task's held amount with it, without the task itself being written.
  const known = new Set(facts.tasks.map(({ id }) => id));
  const isWhole = facts.holds.every(({ taskId }) => taskId === null || known.has(taskId));
  if (!isWhole || tasks.length > carriedRowsMax) return undefined;
  return tasks.map(await namedTaskView(services, reading, tasks));
}

/** Tasks that changed and that the viewer may see, newest first, each as it is now. */
function visibleTasks({ viewer }: AccountReading, changed: Facts['tasks']): TaskRecord[] {
  const latest = new Map(changed.map((task) => [task.id, task]));
  const mayItSee = ({ dimensions: { memberId } }: TaskRecord) =>
    viewer.view.tasks === 'all' ||
    (viewer.view.tasks === 'own' && memberId !== undefined && memberId === viewer.memberId);
  return [...latest.values()].filter(mayItSee).sort((a, b) => b.createdAtMs - a.createdAtMs);
}
