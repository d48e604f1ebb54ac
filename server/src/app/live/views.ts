import type { View } from '../../contract/live/stream.ts';
import type { Facts } from '../../domain/facts.ts';
import type { AccountState } from '../../domain/state.ts';

/** A part of an account that a command can change: a part of its state, or rows that are added to its history. */
export type Part = `state.${Exclude<keyof AccountState, 'version'>}` | `facts.${keyof Facts}`;

/**
 * The one table of what a change touches: for each answer, the parts of an account that it is made of. A command touches the
 * answers that read a part which it changed. A new answer is one line here, and does not compile without it.
 */
const partsOfViews = {
  summary: [
    'state.profile',
    'state.subscription',
    'state.wallet',
    'state.usage',
    'state.holds',
    'state.memberWindows',
  ],
  usage: [
    'state.profile',
    'state.subscription',
    'state.wallet',
    'state.usage',
    'state.holds',
    'facts.usage',
    'state.memberWindows',
  ],
  series: ['state.profile', 'facts.usage'],
  usageHistory: ['state.profile', 'facts.usage'],
  forecast: [
    'state.profile',
    'state.subscription',
    'state.wallet',
    'state.usage',
    'state.holds',
    'facts.usage',
  ],
  credits: ['state.profile', 'state.subscription', 'state.wallet', 'state.usage', 'facts.entries'],
  ledger: ['facts.entries'],
  activity: ['facts.activity'],
  autoTopUp: ['state.profile', 'state.topUp', 'facts.purchases'],
  tasks: ['state.holds', 'facts.tasks'],
  task: ['state.holds', 'facts.tasks'],
  subscription: ['state.profile', 'state.subscription', 'state.usage', 'state.holds', 'state.billing'],
  check: [
    'state.profile',
    'state.subscription',
    'state.wallet',
    'state.usage',
    'state.holds',
    'state.runningTasks',
    'state.allocations',
    'state.memberWindows',
  ],
  diagnosis: [
    'state.unpriced',
    'state.profile',
    'state.subscription',
    'state.wallet',
    'state.usage',
    'state.holds',
    'state.runningTasks',
    'state.topUp',
    'state.allocations',
    'facts.tasks',
    'facts.usage',
    'state.memberWindows',
  ],
  models: ['state.profile', 'state.subscription'],
  catalog: ['state.profile', 'state.subscription', 'state.billing'],
  invoices: ['state.billing', 'facts.invoices'],
  upcomingInvoice: ['state.profile', 'state.subscription', 'state.usage', 'state.billing'],
  charges: ['state.billing', 'facts.purchases', 'facts.charges'],
  paymentMethod: ['state.profile'],
  // Keys are not part of an account's state; a client that changes them asks again.
  connectedBrowsers: [],
  // They read members alone, and with a member's change every answer may be another.
  members: [],
  whoami: [],
} as const satisfies Record<View, readonly Part[]>;

/** Parts that are in no answer by themselves. */
type Unread =
  | 'state.earlierCycles'
  | 'state.memberCount'
  | 'state.paidDebts'
  | 'state.outsideCounters'
  | 'state.baselineGiven'
  | 'state.erasing'
  | 'state.erasedAtMs'
  | 'facts.holds'
  | 'facts.notices';

type ReadPart = (typeof partsOfViews)[View][number];
/** Does not compile while a new part of an account is neither in the table nor named as unread. */
const everyPartIsPlaced: Exclude<Part, ReadPart | Unread> extends never ? true : never = true;

export const everyView = Object.keys(partsOfViews) as readonly View[];

/** The answers that read one of the parts, in the order of the table. The summary is always one: it has the version. */
export function viewsOf(parts: ReadonlySet<Part>): View[] {
  const isTouched = (view: View) =>
    view === 'summary' || partsOfViews[view].some((part: Part) => parts.has(part));
  return everyPartIsPlaced && everyView.filter(isTouched);
}

/** The parts that differ between two states of an account, and the parts that got new rows. */
export function changedParts(before: AccountState, after: AccountState, facts: Facts): Set<Part> {
  const parts = new Set<Part>();
  for (const name of Object.keys(after) as (keyof AccountState)[])
    if (name !== 'version' && before[name] !== after[name]) parts.add(`state.${name}`);
  for (const name of Object.keys(facts) as (keyof Facts)[])
    if (facts[name].length > 0) parts.add(`facts.${name}`);
  return parts;
}
