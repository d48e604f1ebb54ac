import type { MeterLevel, Summary } from '@usagekit/server/contract';
import type { Words } from '../../words/english.ts';
import { joinSentences, wordsOf } from '../../words/words-of.ts';
import { isLow } from '../badge/badge-state.ts';
import { formatInstant, formatPercent, formatWithUnit, type ReaderFormat } from '../reader-format.ts';
import type { NotifySettings } from '../settings.ts';

/** A notification to show. A notification with the same id replaces the earlier one. */
export interface Notice {
  id: string;
  title: string;
  message: string;
}

/** Past notifications, by key, with their time; kept over restarts. */
export type NoticeState = Readonly<Record<string, number>>;

/** How many are remembered; the oldest is forgotten first. */
const saidMax = 400;

interface Watched {
  /** Empty for the credits. */
  metric: string;
  label: string;
  level: MeterLevel;
  message: string;
  cycle: string;
}

/**
 * Decides the notifications of an account: one when a metric or the credits become low, and one when they are back; each once per
 * cycle. Quiet hours postpone a notification; afterwards it is shown if it still applies.
 * @param hour The hour of the reader's clock, 0 to 23.
 */
export function decideNotices(
  { connectionId, summary }: { connectionId: string; summary: Summary },
  state: NoticeState,
  {
    settings,
    hour,
    nowMs,
    format,
  }: { settings: NotifySettings; hour: number; nowMs: number; format: ReaderFormat },
): { state: NoticeState; notices: Notice[] } {
  if (!settings.isOn || isQuiet(settings, hour)) return { state, notices: [] };
  const words = wordsOf(format);
  const said = new Map(Object.entries(state));
  const notices: Notice[] = [];
  const say = (kind: 'low' | 'back', watched: Watched, title: string): void => {
    const key = JSON.stringify([connectionId, watched.metric, watched.cycle, kind]);
    if (said.has(key)) return;
    said.set(key, nowMs);
    notices.push({ id: JSON.stringify([connectionId, watched.metric]), title, message: watched.message });
  };
  for (const watched of watchedOf(summary, format)) {
    if (isLow(watched.level)) say('low', watched, `${summary.accountName}: ${lowPhrase(watched, words)}`);
    else if (wasLowBefore(said, connectionId, watched))
      say('back', watched, `${summary.accountName}: ${words.notices.back(watched.label)}`);
  }
  if (notices.length === 0) return { state, notices };
  const kept = [...said].sort(([, a], [, b]) => b - a).slice(0, saidMax);
  return { state: Object.fromEntries(kept), notices };
}

/** Whether an earlier cycle of it ended low, as far as was said. */
function wasLowBefore(
  said: ReadonlyMap<string, number>,
  connectionId: string,
  { metric, cycle }: Watched,
): boolean {
  return [...said.keys()].some((key) => {
    const [ofConnection, ofMetric, ofCycle, kind] = JSON.parse(key) as string[];
    return ofConnection === connectionId && ofMetric === metric && ofCycle !== cycle && kind === 'low';
  });
}

function watchedOf(summary: Summary, format: ReaderFormat): Watched[] {
  const { credits, creditsIncluded, creditLabel, meters, windows, cycleStartsAt, resetsAt } = summary;
  const words = wordsOf(format);
  const resets = (at: string | null) =>
    at === null ? null : words.badgeState.resets(formatInstant(Date.parse(at), format));
  const all: Watched[] = [];
  if (credits !== null && creditsIncluded !== null && Number(creditsIncluded) > 0) {
    all.push({
      metric: '',
      label: creditLabel.currency === undefined ? creditLabel.other : words.popup.balance,
      level: summary.level,
      message: joinSentences(words, [
        words.notices.amountLeft(formatWithUnit(credits.available, creditLabel, format)),
        resets(resetsAt),
      ]),
      cycle: cycleStartsAt,
    });
  }
  for (const meter of [
    ...meters.map((each) => ({ ...each, id: each.metric })),
    ...windows.map((each) => ({ ...each, id: `window ${each.id}` })),
  ]) {
    if (meter.percent === null || meter.level === 'observed') continue;
    all.push({
      metric: meter.id,
      label: meter.label,
      level: meter.level,
      message: joinSentences(words, [
        words.notices.percentUsed(formatPercent(meter.percent, format)),
        resets(meter.resetsAt),
      ]),
      // A window starts again at its own reset.
      cycle: meter.id.startsWith('window ') ? (meter.resetsAt ?? cycleStartsAt) : cycleStartsAt,
    });
  }
  return all;
}

function lowPhrase({ label, level }: Watched, { notices }: Words): string {
  return level === 'over' ? notices.usedUp(label) : notices.low(label);
}

/** Quiet hours may go over midnight; none where both ends are the same. */
export function isQuiet({ quietFromHour: from, quietToHour: to }: NotifySettings, hour: number): boolean {
  return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** Reads the remembered notifications; unreadable ones are dropped. */
export function parseNoticeState(value: unknown): NoticeState {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const entries = Object.entries(value).filter(
    (entry): entry is [string, number] => typeof entry[1] === 'number' && isKey(entry[0]),
  );
  return Object.fromEntries(entries);
}

/** Leaves out what belongs to a connection that was cut. */
export function withoutConnection(state: NoticeState, connectionId: string): NoticeState {
  return Object.fromEntries(
    Object.entries(state).filter(([key]) => (JSON.parse(key) as string[])[0] !== connectionId),
  );
}

function isKey(key: string): boolean {
  try {
    const parts: unknown = JSON.parse(key);
    return Array.isArray(parts) && parts.length === 4 && parts.every((part) => typeof part === 'string');
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
