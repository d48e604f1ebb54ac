import { type Item, msPerDay } from '@usagekit/server/contract';
import { type Depth, depths, taskItems } from '../task-items.ts';
import { type DemoMember, members } from '../workspace.ts';
import { pick, pickEvenly, seededRandom } from './seeded-random.ts';
import { type Category, failures, type Project, projectId, results, subjects } from './subjects.ts';

export interface PlannedTask {
  id: string;
  name: string;
  memberId: string;
  agentId: string;
  projectId: string;
  category: Category;
  /** What runs by itself comes through a key; what somebody starts does not. */
  apiKeyId?: string;
  items: Item[];
  credits: number;
  startAtMs: number;
  /** The present for what is still running then. */
  endAtMs: number;
  ends: 'completed' | 'failed' | 'cancelled' | 'running' | 'waiting';
  result?: string;
  error?: string;
}

export interface PlannedDay {
  atMs: number;
  tasks: PlannedTask[];
  /** What was counted in addition to tasks that day. */
  digestEmails: number;
  exports: number;
  apiCalls: number;
  /** Gauges as they stood. */
  sources: number;
  storageGb: number;
}

export interface History {
  startAtMs: number;
  endAtMs: number;
  days: PlannedDay[];
  /** When a pack was bought, since the month's credits would not have lasted. */
  packBoughtAtMs: number;
  promotionAtMs: number;
}

const minuteMs = 60_000;

/** The share of the month's credits that each cycle spends; the last one is under way. */
const spentShares = [0.42, 0.5, 0.57, 1.06, 0.74, 0.84, 0.79];
const spikeCycle = 3;
const presentCycle = spentShares.length - 1;
const monthlyCredits = 20_000;
/** How far into the present cycle the history ends. */
const presentCycleDays = 21;

/** Model and depth of what is not done yet. */
const workUnderWay: readonly (readonly [string, Depth])[] = [
  ['sage', 'report'],
  ['core', 'report'],
  ['swift', 'quick'],
];

const weekdayWeights = [0.1, 1.05, 1.2, 1.1, 1, 0.8, 0.16];

const agents: Record<Category, string> = {
  research: 'Investigator',
  monitoring: 'Scout',
  drafting: 'Drafter',
  summary: 'Librarian',
};

const apiKeys: Partial<Record<Category, string>> = {
  monitoring: 'watchlist-schedule',
  summary: 'archive-sync',
};

const modelsOf: Record<Category, readonly (readonly [string, number])[]> = {
  research: [
    ['sage', 6],
    ['core', 4],
  ],
  monitoring: [
    ['core', 3],
    ['swift', 7],
  ],
  drafting: [
    ['core', 8],
    ['sage', 2],
  ],
  summary: [
    ['swift', 6],
    ['core', 4],
  ],
};

const depthsOf: Record<Category, readonly (readonly [Depth, number])[]> = {
  research: [
    ['report', 7],
    ['study', 2],
    ['quick', 1.5],
  ],
  monitoring: [
    ['report', 7],
    ['quick', 2],
  ],
  drafting: [
    ['report', 8],
    ['quick', 1],
  ],
  summary: [
    ['report', 8],
    ['quick', 2],
  ],
};

/** Credits for 1,000 tokens in and out, as in the catalog; only to keep the story within its months. */
const tokenCredits: Record<string, readonly [number, number]> = {
  swift: [0.2, 0.8],
  core: [1, 4],
  sage: [4, 16],
};

/**
 * Six months and three weeks of work, the same for the same end: busy weekdays, a slow rise, one spike in the fourth month.
 */
export function planHistory(endAtMs: number, seed = 20): History {
  const random = seededRandom(seed);
  const startAtMs = historyStart(endAtMs);
  const days: PlannedDay[] = [];
  for (let cycle = 0; cycle <= presentCycle; cycle++) {
    const from = addMonths(startAtMs, cycle);
    const until = cycle === presentCycle ? endAtMs : addMonths(startAtMs, cycle + 1);
    days.push(...planCycle(random, cycle, from, until));
  }
  days.forEach((day, index) => {
    const grown = index / (days.length - 1);
    day.sources = Math.round(430 + 1_480 * grown ** 1.2 + random() * 12);
    day.storageGb = Math.round((8 + 27 * grown + random()) * 10) / 10;
  });
  for (const [index, { tasks }] of days.entries()) gatherIntoWaves(tasks, index < days.length - 7 ? 8 : 1);
  leaveWorkUnderWay(days, endAtMs);
  return {
    startAtMs,
    endAtMs,
    days,
    packBoughtAtMs: addMonths(startAtMs, spikeCycle) + 22 * msPerDay,
    promotionAtMs: endAtMs - 9 * msPerDay,
  };
}

/** Six months before the day on which the present cycle began, on a day that every month has. */
function historyStart(endAtMs: number): number {
  const begun = new Date(endAtMs - presentCycleDays * msPerDay);
  begun.setUTCHours(6, 0, 0, 0);
  if (begun.getUTCDate() > 28) begun.setUTCDate(28);
  return addMonths(begun.getTime(), -presentCycle);
}

function addMonths(atMs: number, months: number): number {
  const date = new Date(atMs);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.getTime();
}

function planCycle(random: () => number, cycle: number, fromMs: number, untilMs: number): PlannedDay[] {
  const starts: number[] = [];
  for (let atMs = fromMs; atMs < untilMs; atMs += msPerDay) starts.push(atMs);
  const spikeStart = cycle === spikeCycle ? spikeDay(starts) : Number.NaN;
  const weights = starts.map((atMs, index) => {
    const rising = 1 + (0.25 * index) / starts.length;
    const spike = index === spikeStart ? 4.5 : index === spikeStart + 1 ? 2.2 : 1;
    return (weekdayWeights[new Date(atMs).getUTCDay()] ?? 1) * rising * spike * (0.75 + random() / 2);
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const spent = (spentShares[cycle] ?? 0) * monthlyCredits;
  let carried = 0;
  return starts.map((atMs, index) => {
    const share = (weights[index] ?? 0) / total;
    const lastMs = Math.min(atMs + msPerDay, untilMs);
    const tasks: PlannedTask[] = [];
    carried += spent * share;
    const largest = Math.max(40, carried * 0.4);
    while (carried > 12) {
      const task = planTask(random, atMs, lastMs);
      // One large task would otherwise be a quiet day's whole work, or more than is left of the month.
      if (task.credits > Math.min(largest, carried + 40)) continue;
      tasks.push(task);
      if (task.ends === 'completed') carried -= task.credits;
    }
    const busy = spent / monthlyCredits;
    return {
      atMs,
      tasks,
      digestEmails: Math.round(2_000 * 1.09 * busy * share),
      exports: Math.round(250 * 0.8 * busy * share + random() * 0.6),
      apiCalls: Math.round(50_000 * 1.18 * busy * share),
      sources: 0,
      storageGb: 0,
    };
  });
}

/** A Wednesday past the middle of the cycle. */
function spikeDay(starts: readonly number[]): number {
  return starts.findIndex((atMs, index) => index > 15 && new Date(atMs).getUTCDay() === 3);
}

function planTask(random: () => number, dayStartMs: number, dayEndMs: number): PlannedTask {
  const category = pick<Category>(random, [
    ['research', 4],
    ['monitoring', 4],
    ['drafting', 2],
    ['summary', 3],
  ]);
  const project = pick<Project>(random, [
    ['Grid storage', 5],
    ['Heat pumps', 3],
    ['Rail freight', 2],
    ['Soil carbon', 1],
  ]);
  const member = pick<DemoMember>(
    random,
    members.map((each) => [each, each.id === 'analyst' ? 4 : each.id === 'editor' ? 2 : 1.5] as const),
  );
  const model = pick(random, modelsOf[category]);
  const depth = depths[pick(random, depthsOf[category])];
  const used = 0.55 + random() * 0.45;
  const inputTokens = Math.round(depth.inputTokens * used);
  const outputTokens = Math.round(depth.outputTokens * used);
  const searches = Math.max(1, Math.round(depth.searches * used));
  const scholarly = category === 'research' && random() < 0.5;
  const kept = random() < 0.35 ? Math.round(2 + random() * 12) : 0;
  const [input, output] = tokenCredits[model] ?? [0, 0];
  const credits =
    (inputTokens * input + outputTokens * output) / 1_000 + searches * (scholarly ? 3 : 2) + kept / 4;
  const items: Item[] = [
    { model, inputTokens, outputTokens },
    { tool: 'web_search', calls: searches, ...(scholarly && { integration: 'scholar' }) },
    { tool: 'page_reader', calls: searches * 2 },
    { metric: 'tasks', quantity: '1' },
  ];
  if (kept > 0) items.push({ storage: 'knowledge_base', quantity: String(kept) });
  const ends = pick<PlannedTask['ends']>(random, [
    ['completed', 94],
    ['failed', 4],
    ['cancelled', 2],
  ]);
  const length = dayEndMs - dayStartMs;
  // Work begins one hour after the day's start of 6 o'clock UTC and thins out ten hours later.
  const startAtMs = dayStartMs + Math.min(minuteMs * (60 + (random() + random()) * 300), length * 0.94);
  const durationMs = Math.min(
    (20 + (outputTokens / 14_000) * 900 * (0.7 + random() * 0.6)) * 1_000,
    length * 0.05,
  );
  return {
    id: '',
    name: pickEvenly(random, subjects[project][category]),
    memberId: member.id,
    agentId: agents[category],
    projectId: projectId(project),
    category,
    ...apiKeyOf(category),
    items: ends === 'completed' ? items : [],
    credits: credits + searches,
    startAtMs: Math.round(startAtMs),
    endAtMs: Math.round(startAtMs + durationMs),
    ends,
    ...(ends === 'completed' && { result: results[category] }),
    ...(ends === 'failed' && { error: pickEvenly(random, failures) }),
  };
}

function apiKeyOf(category: Category): Pick<PlannedTask, 'apiKeyId'> {
  const apiKeyId = apiKeys[category];
  return apiKeyId === undefined ? {} : { apiKeyId };
}

/** Lets neighbours in time start and end together, so that months ago pass in fewer steps than there are tasks. */
function gatherIntoWaves(tasks: PlannedTask[], size: number): void {
  tasks.sort((a, b) => a.startAtMs - b.startAtMs);
  for (let from = 0; from < tasks.length; from += size) {
    const [first, ...others] = tasks.slice(from, from + size);
    for (const other of others) {
      other.startAtMs = first?.startAtMs ?? other.startAtMs;
      other.endAtMs = first?.endAtMs ?? other.endAtMs;
    }
  }
}

/** The last tasks are not done yet: two run and one waits. */
function leaveWorkUnderWay(days: PlannedDay[], endAtMs: number): void {
  const tasks = days.flatMap((day) => day.tasks);
  const last = tasks.filter(({ ends }) => ends === 'completed').slice(-3);
  for (const [index, task] of last.entries()) {
    task.ends = index < 2 ? 'running' : 'waiting';
    task.startAtMs = endAtMs - (index < 2 ? 4 - index * 2 : 1) * minuteMs;
    task.endAtMs = endAtMs;
    const [model, depth] = workUnderWay[index] ?? ['core', 'quick'];
    task.items = taskItems(model, depth);
    delete task.result;
  }
  for (const [index, task] of tasks.entries()) task.id = `task-${String(index + 1).padStart(4, '0')}`;
}
