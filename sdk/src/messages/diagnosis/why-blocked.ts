/** Texts of WhyBlocked. Titles and figures of what a gate refuses are those of OutOfCredits. */
export const whyBlockedMessages = {
  what: 'diagnosis',
  title: 'Why is my work blocked?',
  clear: 'Nothing blocks your work',
  clearDetail:
    'The balance and the limits have room for another run like the latest; a larger one may need more.',
  atRisk: 'Nothing blocks your work now',
  atRiskDetail: 'What is listed below may stop it soon, or is worth a look.',
  /** The effect on running work. */
  runningGoesOn: (count: number, written: string) =>
    count === 1
      ? 'The task that is running goes on; new work waits. Nothing is deleted.'
      : `The ${written} tasks that are running go on; new work waits. Nothing is deleted.`,
  runningMayStop: (count: number, written: string) =>
    count === 1
      ? 'The task that is running may be stopped at its next charge. What it has done is kept.'
      : `The ${written} tasks that are running may be stopped at their next charge. What they have done is kept.`,
  nothingRuns: 'New work waits. Nothing is deleted.',
  waiting: (count: number, written: string) =>
    count === 1 ? '1 task waits to start.' : `${written} tasks wait to start.`,
  othersGoOn: 'Balance and limits are not the cause; other work goes on.',
  runNeeds: (needed: string, available: string) =>
    `Another run like the latest needs ${needed}, with ${available} available.`,
  /** For a use that was refused in the last hour and would be refused again. */
  refusedAgo: (ago: string) => `A run was refused ${ago}. It would be refused now too.`,
  refusedJustNow: 'A run was refused just now.',
  /** The age of a task's trouble, if less than a minute. */
  justNow: 'just now',
  refusedNeeds: (needed: string, available: string) => `It needs ${needed}, with ${available} available.`,
  taskNeeds: (name: string, needed: string, available: string) =>
    `“${name}” needs ${needed} to start, with ${available} available.`,
  taskWaits: (name: string) => `“${name}” waits for it.`,
  cheaperTitle: 'Not enough left for this model',
  cheaperFits: (model: string, cost: string) => `${model} fits: the same run costs ${cost}.`,
  packs: (packs: string) => `Enough for it: ${packs}.`,
  pack: (label: string, price: string) => `${label} for ${price}`,
  tasksFailed: (count: number, written: string) =>
    count === 1 ? 'A task failed' : `${written} tasks failed`,
  tasksStuck: (count: number, written: string) =>
    count === 1 ? 'A task has not moved for an hour' : `${written} tasks have not moved for an hour`,
  tasksWaiting: (count: number, written: string) =>
    count === 1 ? 'A task waits to be started' : `${written} tasks wait to be started`,
  tasksFailedAdvice: 'Mend what the error names, then run it again.',
  tasksStuckAdvice: 'Wait for it, or cancel it and run it again.',
  tasksWaitingAdvice: 'Nothing in this account holds it back; what starts it has not done so yet.',
  noError: 'It ended without saying why.',
  moreTasks: (count: number, written: string) => (count === 1 ? 'and 1 more' : `and ${written} more`),
  creditsLow: (runs: number, written: string) =>
    runs === 1 ? 'Enough for 1 more run' : `Enough for ${written} more runs`,
  creditsLowDetail: (available: string, cost: string) =>
    `${available} left, and a run like the latest costs ${cost}.`,
  spike: (label: string) => `Unusually many ${label} in one day`,
  spikeDetail: (used: string, day: string, usual: string) => `${used} on ${day}; a usual day has ${usual}.`,
  spikeLargest: (agent: string, percent: string) => `${agent} used ${percent} of it.`,
  unpriced: (count: number, written: string) =>
    count === 1 ? '1 use has no price yet' : `${written} uses have no price yet`,
  unpricedDetail: 'They are counted now, and charged once there is a price for them.',
  unpricedNames: (names: string) => `It is about ${names}.`,
  limitNear: (label: string) => `${label} close to the limit`,
  limitReached: (label: string) => `${label} at the limit`,
  limitFigures: (used: string, limit: string) => `${used} of ${limit} used.`,
  limitPercent: (percent: string) => `${percent} used.`,
  limitResets: (when: string) => `It starts again ${when}.`,
  alsoFound: 'Also found',
  found: 'What was found',
  severity: { blocking: 'Blocks work', warning: 'Needs a look', note: 'Worth knowing' },
  lookedAt: 'What was looked at',
  areas: { tasks: 'Tasks', usage: 'Usage', billing: 'Billing and limits' },
  tasksLookedAt: (count: number, written: string) =>
    count === 0 ? 'No tasks yet' : count === 1 ? 'The latest task' : `The latest ${written} tasks`,
  daysLookedAt: (_count: number, written: string) => `The last ${written} days`,
  limitsLookedAt: (count: number, written: string) =>
    count === 0 ? 'No limits' : count === 1 ? '1 limit' : `${written} limits`,
  nothingFound: 'Nothing found',
  notPermitted: 'Not part of your role',
};
