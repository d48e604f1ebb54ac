import type { Micros } from '../amounts/amounts.ts';
import { exactCharge, roundUp } from '../amounts/rounding.ts';
import type { Catalog, Rate } from '../catalog/catalog-types.ts';
import { canPay, take } from '../credits/wallet.ts';
import { billedBefore, termsOf } from '../limits/limits.ts';
import type { AccountState } from '../state.ts';
import { lateUsageFacts, withBilledUse } from '../subscription/billing/usage-facts.ts';
import type { CycleUsage, EarlierCycle, InvoicedPart } from './state.ts';

type Amounts = Readonly<Record<string, Micros>>;

/** An ended cycle, or an ended part of one, after a late or a voided use. */
export interface PartChange {
  readonly part: EarlierCycle;
  readonly counters: Amounts;
  /** The units that the invoice pays of it. */
  readonly invoiced: Amounts;
  /** The late use, or the void. */
  readonly causeId: string;
  readonly nowMs: number;
  /** Of the void of a late use: what it had added to later parts, by metric. */
  readonly added?: ReadonlyMap<string, Micros> | undefined;
}

export interface ChangedPart {
  readonly state: AccountState;
  /** The units that the invoice pays more, or less, and the lines to which they belong. */
  readonly invoiced: readonly InvoicedPart[];
}

/** The change of a metric in one part, which the next part begins with. */
interface Moved {
  readonly used: Micros;
  /** The change of what all parts so far have billed, by which the next allowance is larger. */
  readonly billed: Micros;
}

/** The facts about a part that are needed to measure it again. */
type Measured = Pick<EarlierCycle, 'counters' | 'carried' | 'invoiced' | 'terms'>;

/** The start of the cycle, or of what follows the last change of plan in it. */
export function presentPartFromMs({ usage, earlierCycles }: AccountState): number {
  return Math.max(usage.startsAtMs, earlierCycles[0]?.endsAtMs ?? 0);
}

/**
 * The account after a late or voided use in an ended part of a cycle. The difference becomes billable at the part's own prices.
 * If the counters went on after the part, the later parts of the cycle are measured again too, the present one last.
 */
export function changePart(
  state: AccountState,
  catalog: Catalog,
  { part, counters, invoiced, causeId, nowMs, added }: PartChange,
): ChangedPart {
  const left = added && new Map(added);
  /** So much more of a later part the invoice pays where credits come first; less, no more than a late use had added. */
  const invoicedBeyondCredits = (metric: string, rate: Rate | null, change: Micros): Micros => {
    if (change > 0n) return creditsCover(state, catalog, { metric, rate, units: change }) ? 0n : change;
    if (left === undefined) return change;
    const most = atLeastZero(left.get(metric) ?? 0n);
    const less = most < -change ? most : -change;
    left.set(metric, most - less);
    return -less;
  };
  const before = state.earlierCycles;
  const after = [...before];
  let index = before.indexOf(part);
  after[index] = { ...part, counters, invoiced };
  let { usage } = state;
  let moved = movedOf(part, { counters, invoiced });
  for (; index >= 0 && before[index]?.goesOn === true; index -= 1) {
    const earlier = before.slice(index);
    const next = before[index - 1];
    if (next === undefined) {
      const terms = termsOf(state, catalog);
      const present = measuredAgain({ ...usage, terms }, earlier, moved, invoicedBeyondCredits);
      usage = { ...usage, counters: present.counters, invoiced: present.invoiced };
    } else {
      const again = measuredAgain(next, earlier, moved, invoicedBeyondCredits);
      after[index - 1] = { ...next, counters: again.counters, invoiced: again.invoiced };
      moved = again.moved;
    }
  }
  let billed: AccountState = { ...state, usage, earlierCycles: after };
  for (const [place, each] of before.entries()) {
    const changed = after[place];
    if (changed === undefined || changed === each) continue;
    const facts = lateUsageFacts(state, catalog, {
      usageId: causeId,
      atMs: nowMs,
      before: each,
      after: changed.invoiced,
      isFollowing: each !== part,
    });
    billed = withBilledUse(billed, facts);
  }
  return { state: billed, invoiced: partsOf(state, billed) };
}

function movedOf(before: Measured, after: Pick<Measured, 'counters' | 'invoiced'>): Map<string, Moved> {
  const moved = new Map<string, Moved>();
  const metrics = new Set([...Object.keys(after.counters), ...Object.keys(after.invoiced)]);
  for (const metric of metrics) {
    const used = (after.counters[metric] ?? 0n) - (before.counters[metric] ?? 0n);
    const billed = (after.invoiced[metric] ?? 0n) - (before.invoiced[metric] ?? 0n);
    if (used !== 0n || billed !== 0n) moved.set(metric, { used, billed });
  }
  return moved;
}

/** @param earlier The parts before it, latest first, as they were before the change. */
function measuredAgain(
  part: Measured,
  earlier: readonly EarlierCycle[],
  moved: ReadonlyMap<string, Moved>,
  invoicedBeyondCredits: (metric: string, rate: Rate | null, change: Micros) => Micros,
): Pick<Measured, 'counters' | 'invoiced'> & { readonly moved: Map<string, Moved> } {
  const counters: Record<string, Micros> = { ...part.counters };
  const invoiced: Record<string, Micros> = { ...part.invoiced };
  const next = new Map<string, Moved>();
  for (const [metric, { used, billed }] of moved) {
    const end = part.counters[metric] ?? 0n;
    const endAfter = atLeastZero(end + used);
    counters[metric] = endAfter;
    const known = part.invoiced[metric] ?? 0n;
    const terms = part.terms?.[metric];
    let change = 0n;
    if (terms !== undefined && terms.included !== null && terms.beyond !== 'credits') {
      const included = terms.included + (part.carried[metric] ?? 0n) + billedBefore(earlier, metric);
      const start = earlier[0]?.counters[metric] ?? 0n;
      const was = beyond(end, included) - beyond(start, included);
      const is = beyond(endAfter, included + billed) - beyond(atLeastZero(start + used), included + billed);
      change = is - was;
      if (terms.beyond === 'credits_then_invoice')
        change = invoicedBeyondCredits(metric, terms.overageRate, change);
      if (known + change < 0n) change = -known;
      if (change !== 0n) invoiced[metric] = known + change;
    }
    next.set(metric, { used: endAfter - end, billed: billed + change });
  }
  return { counters, invoiced, moved: next };
}

/** Whether the credits that are available now could pay for units beyond an allowance, or nothing pays for them. */
function creditsCover(
  { wallet }: AccountState,
  { unit, metrics }: Catalog,
  { metric, rate, units }: { readonly metric: string; readonly rate: Rate | null; readonly units: Micros },
): boolean {
  // A metric that counts charges is in credits already.
  const isPool = metrics.get(metric)?.countsFrom === 'charges';
  if (rate === null && !isPool) return true;
  const amount = rate === null || isPool ? units : roundUp(exactCharge([{ quantity: units, rate }]));
  const { short } = take(wallet, unit, [{ amount, kind: 'metric', ref: metric, category: undefined }]);
  return short === 0n && canPay(wallet, unit, { amount, short }, 0n);
}

function beyond(used: Micros, included: Micros): Micros {
  return atLeastZero(used - included);
}

function atLeastZero(amount: Micros): Micros {
  return amount > 0n ? amount : 0n;
}

/** The units by which lines of late use changed, and those that the present part is going to bill. */
function partsOf(before: AccountState, after: AccountState): InvoicedPart[] {
  const late = new Map<string, Micros>();
  for (const [index, each] of after.earlierCycles.entries()) {
    const known = before.earlierCycles[index];
    if (known === undefined || known === each) continue;
    for (const { metric, quantity } of differencesOf(known.invoiced, each.invoiced))
      late.set(metric, (late.get(metric) ?? 0n) + quantity);
  }
  const parts: InvoicedPart[] = [];
  for (const [metric, quantity] of late) if (quantity !== 0n) parts.push({ metric, quantity, fromMs: null });
  const fromMs = after.usage.invoicedFromMs;
  for (const each of differencesOf(before.usage.invoiced, after.usage.invoiced))
    parts.push({ ...each, fromMs });
  return parts;
}

/** The metrics whose units changed, and by how much. */
export function differencesOf(
  before: CycleUsage['invoiced'],
  after: CycleUsage['invoiced'],
): { readonly metric: string; readonly quantity: Micros }[] {
  return Object.entries(after).flatMap(([metric, amount]) => {
    const quantity = amount - (before[metric] ?? 0n);
    return quantity === 0n ? [] : [{ metric, quantity }];
  });
}
