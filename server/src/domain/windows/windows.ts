import type { Profile } from '../accounts/state.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { PlanWindow } from '../catalog/catalog-types.ts';
import { parseWindowKey } from '../catalog/windows.ts';
import { heldCount } from '../limits/limits.ts';
import type { MemberShare } from '../members/state.ts';
import type { AccountState } from '../state.ts';
import { dayOf, mondayOf, startOfDayMs } from '../time/calendar.ts';
import { creditsMetric } from '../usage/cells.ts';
import type { UsageRecord } from '../usage/state.ts';
import type { WindowPart, WindowUses } from './state.ts';

/** A rolling window is counted in so many parts of its length. */
export const rollingParts = 60;

const msPerMinute = 60_000;

/** The member whose windows are examined, and the time. */
export interface WindowContext {
  readonly state: AccountState;
  readonly member: Pick<MemberShare, 'id'> | undefined;
  readonly nowMs: number;
}

/** The counts of a use in windows: its quantities by metric, and its charge. */
export interface WindowedUse {
  readonly quantities: ReadonlyMap<string, Micros>;
  readonly charge: Micros;
}

/** Where a window stands: the figures behind its meter and behind the gate's decision. */
export interface WindowStanding {
  readonly window: PlanWindow;
  /** The present count, without held amounts. */
  readonly used: Micros;
  /** Set aside by open holds; it counts as used. */
  readonly held: Micros;
  /** The counted amounts by part, in the order in which they expire. */
  readonly parts: readonly WindowPart[];
  /** Uses from this instant on count. Null while nothing is counted in one that is not a day or week. */
  readonly startsAtMs: number | null;
  /** When it ends; of a rolling one when it next gives back. Null while nothing is counted in one that is not a day or week. */
  readonly resetsAtMs: number | null;
}

/** So much of a use as a window counts. */
export function countedBy(window: Pick<PlanWindow, 'metric'>, { quantities, charge }: WindowedUse): Micros {
  return window.metric === creditsMetric ? charge : (quantities.get(window.metric) ?? 0n);
}

/** Where the window stands; null for a member's where there is no member. */
export function windowStandingOf(
  { state, member, nowMs }: WindowContext,
  window: PlanWindow,
): WindowStanding | null {
  const isOfMember = window.of === 'member';
  if (isOfMember && member === undefined) return null;
  const uses = isOfMember ? (state.memberWindows[member?.id ?? ''] ?? {}) : state.usage.windows;
  const parts = runningParts(uses, window, nowMs);
  const memberId = isOfMember ? member?.id : undefined;
  const held = state.holds.length === 0 ? 0n : heldCount(state, window.metric, { memberId });
  let used = 0n;
  for (const part of parts) used += part.used;
  const span = parts[0] ?? calendarSpan(window, nowMs, state.profile.timeZone);
  return {
    window,
    used,
    held,
    parts,
    startsAtMs: span?.startsAtMs ?? null,
    resetsAtMs: span?.endsAtMs ?? null,
  };
}

/** The state of each window; windows of a member's own use only if a member is given. */
export function windowStandingsOf(
  context: WindowContext,
  windows: readonly PlanWindow[],
): readonly WindowStanding[] {
  return windows.flatMap((window) => windowStandingOf(context, window) ?? []);
}

/** Where those windows stand that count something of the use. */
export function touchedWindows(
  context: WindowContext,
  windows: readonly PlanWindow[],
  use: WindowedUse,
): readonly WindowStanding[] {
  if (windows.length === 0) return [];
  return windowStandingsOf(
    context,
    windows.filter((window) => countedBy(window, use) > 0n),
  );
}

/** Whether so much more ends at or below the window's limit. A use of nothing always does. */
export function windowAdmits({ window, used, held }: WindowStanding, quantity: Micros): boolean {
  return quantity <= 0n || used + held + quantity <= window.limit;
}

/** The amount that can still be used in the window before the gate refuses. */
export function windowRemaining({ window, used, held }: WindowStanding): Micros {
  const remaining = window.limit - used - held;
  return remaining > 0n ? remaining : 0n;
}

/** From when on so much more would pass, were nothing else used; null where only the end of a hold helps, or nothing. */
export function admitsAtMs({ window, used, held, parts }: WindowStanding, quantity: Micros): number | null {
  let beyond = used + held + quantity - window.limit;
  for (const part of parts) {
    beyond -= part.used;
    if (beyond <= 0n) return part.endsAtMs;
  }
  return null;
}

/** How long the window is, in seconds; a day and a week of the calendar by their usual length. */
export function windowSeconds({ kind, minutes }: PlanWindow): number {
  if (kind === 'day') return 86_400;
  return kind === 'week' ? 7 * 86_400 : minutes * 60;
}

/** When a use counts, and when that is known. */
export interface CountingMoment {
  readonly atMs: number;
  readonly nowMs: number;
  readonly timeZone: string;
}

/**
 * The uses after one more. A future use counts now; a use whose window has ended changes no decision. Ended windows are dropped,
 * so that only running ones are stored.
 */
export function countInWindows(
  uses: WindowUses,
  windows: readonly PlanWindow[],
  use: WindowedUse,
  moment: CountingMoment,
): WindowUses {
  let after = uses;
  for (const window of windows) {
    const quantity = countedBy(window, use);
    if (quantity <= 0n) continue;
    const parts = uses[window.key] ?? [];
    const counted = countIn(window, parts, quantity, moment);
    if (counted !== parts) after = { ...after, [window.key]: counted };
  }
  return after === uses ? uses : withoutEnded(after, windows, moment.nowMs);
}

/** When a use was counted that is taken back: at its own time, or when it came where that lay ahead. */
export function countedAtMs(
  { testClockId }: Pick<Profile, 'testClockId'>,
  { atMs, recordedAtMs }: Pick<UsageRecord, 'atMs' | 'recordedAtMs'>,
): number {
  // A test clock says nothing of when something was recorded.
  return testClockId === null ? Math.min(atMs, recordedAtMs) : atMs;
}

/**
 * The uses without one that is taken back: the part of each window that holds the instant counts so much less. A window that has
 * begun goes on, also where nothing is left in it.
 */
export function uncountInWindows(uses: WindowUses, use: WindowedUse, usedAtMs: number): WindowUses {
  let after = uses;
  for (const [key, parts] of Object.entries(uses)) {
    const { kind, minutes, metric } = parseWindowKey(key);
    const quantity = countedBy({ metric }, use);
    if (quantity <= 0n) continue;
    const partMs = kind === 'rolling' ? (minutes * msPerMinute) / rollingParts : Number.POSITIVE_INFINITY;
    const holding = parts.find(
      ({ startsAtMs, endsAtMs }) =>
        startsAtMs <= usedAtMs && usedAtMs < Math.min(endsAtMs, startsAtMs + partMs),
    );
    if (holding === undefined) continue;
    const used = holding.used > quantity ? holding.used - quantity : 0n;
    const left = parts.map((part) => (part === holding ? { ...part, used } : part));
    after = {
      ...after,
      // The next amount that a rolling window gives back is never 0.
      [key]: kind === 'rolling' ? left.filter((part) => part.used > 0n) : left,
    };
  }
  return after;
}

/** Whether anything of the uses still counts. */
export function countsSomething(uses: WindowUses, nowMs: number): boolean {
  return Object.values(uses).some((parts) => parts.some(({ endsAtMs }) => endsAtMs > nowMs));
}

/** Windows that no plan of the account's has any longer are kept until they are over, should it come back to them. */
function withoutEnded(uses: WindowUses, windows: readonly PlanWindow[], nowMs: number): WindowUses {
  const kept: Record<string, readonly WindowPart[]> = {};
  for (const [key, parts] of Object.entries(uses)) {
    const isCounted = windows.some((window) => window.key === key);
    if (isCounted || parts.some(({ endsAtMs }) => endsAtMs > nowMs)) kept[key] = parts;
  }
  return kept;
}

function runningParts(uses: WindowUses, window: PlanWindow, nowMs: number): readonly WindowPart[] {
  return (uses[window.key] ?? []).filter(({ endsAtMs }) => endsAtMs > nowMs);
}

function countIn(
  window: PlanWindow,
  parts: readonly WindowPart[],
  quantity: Micros,
  { atMs, nowMs, timeZone }: CountingMoment,
): readonly WindowPart[] {
  const usedAtMs = Math.min(atMs, nowMs);
  if (window.kind === 'rolling') return countRolling(window, parts, quantity, { usedAtMs, nowMs });
  if (window.kind === 'first_use') return countFromFirstUse(window, parts, quantity, { usedAtMs, nowMs });
  const running = parts.filter(({ endsAtMs }) => endsAtMs > nowMs);
  const span = running[0] ?? calendarSpan(window, nowMs, timeZone);
  if (span === null || usedAtMs < span.startsAtMs) return parts;
  return [{ ...span, used: (running[0]?.used ?? 0n) + quantity }];
}

/** A part is given back whole, once all of it is older than the window is long: late by a part's length at most, never early. */
function countRolling(
  { minutes }: PlanWindow,
  parts: readonly WindowPart[],
  quantity: Micros,
  { usedAtMs, nowMs }: { usedAtMs: number; nowMs: number },
): readonly WindowPart[] {
  const lengthMs = minutes * msPerMinute;
  const partMs = lengthMs / rollingParts;
  const startsAtMs = Math.floor(usedAtMs / partMs) * partMs;
  const endsAtMs = startsAtMs + partMs + lengthMs;
  if (endsAtMs <= nowMs) return parts;
  const running = parts.filter((part) => part.endsAtMs > nowMs);
  const used = (running.find((part) => part.startsAtMs === startsAtMs)?.used ?? 0n) + quantity;
  return [...running.filter((part) => part.startsAtMs !== startsAtMs), { startsAtMs, endsAtMs, used }].sort(
    (a, b) => a.startsAtMs - b.startsAtMs,
  );
}

/**
 * The last two windows are kept, so that a fact that comes late finds the one that it lies in. One that lies between them comes
 * before the first use that was known: the window begins with it, where it still runs then.
 */
function countFromFirstUse(
  { minutes }: PlanWindow,
  parts: readonly WindowPart[],
  quantity: Micros,
  { usedAtMs, nowMs }: { usedAtMs: number; nowMs: number },
): readonly WindowPart[] {
  const begun: WindowPart = {
    startsAtMs: usedAtMs,
    endsAtMs: usedAtMs + minutes * msPerMinute,
    used: quantity,
  };
  const last = parts.at(-1);
  if (last === undefined || usedAtMs >= last.endsAtMs) return [...parts.slice(-1), begun];
  const before = parts.slice(0, -1);
  if (usedAtMs >= last.startsAtMs) return [...before, { ...last, used: last.used + quantity }];
  const isFree = (before[0]?.endsAtMs ?? Number.NEGATIVE_INFINITY) <= usedAtMs;
  if (!isFree || begun.endsAtMs <= nowMs || last.endsAtMs <= nowMs) return parts;
  return [...before, { ...begun, used: last.used + quantity }];
}

/** The day or week of the account's zone that holds the instant; null for a window of another kind. */
function calendarSpan(
  { kind }: PlanWindow,
  atMs: number,
  timeZone: string,
): { startsAtMs: number; endsAtMs: number } | null {
  if (kind !== 'day' && kind !== 'week') return null;
  const day = dayOf(atMs, timeZone);
  const first = kind === 'day' ? day : mondayOf(day);
  const endsAtMs = startOfDayMs(first + (kind === 'day' ? 1 : 7), timeZone);
  return { startsAtMs: startOfDayMs(first, timeZone), endsAtMs };
}
