import {
  levelOfPercent,
  type MeterLevel,
  meterLevels,
  type Summary,
  type SummaryMeter,
} from '@usagekit/server/contract';
import type { Words } from '../../words/english.ts';
import { joinPhrase, joinSentences, wordsOf } from '../../words/words-of.ts';
import { creditsResetAtOf } from '../account/pace.ts';
import { blockedTitle } from '../prompt/blocked-title.ts';
import {
  formatFigure,
  formatInstant,
  formatPercent,
  formatTime,
  formatWithUnit,
  type ReaderFormat,
} from '../reader-format.ts';
import { defaultSettings, type IconChoice } from '../settings.ts';
import { type BadgeState, isLow } from './badge-state.ts';
import {
  formatShortAmount,
  formatShortPercentLeft,
  formatShortPercentUsed,
  formatShortWait,
} from './short-amount.ts';

/** The toolbar's content. The text is ASCII and fits a badge; an empty text hides the badge. */
export interface Badge {
  text: string;
  color: string;
  textColor: string;
  /** A full sentence: the icon's accessible name and its tooltip. */
  title: string;
}

interface Paint {
  color: string;
  textColor: string;
}

const ink = '#111827';
const paper = '#ffffff';

/** The four levels of a bar, and grey for unknown. Each pair has a contrast of at least 4.5 to 1. */
export const badgePaints = {
  ok: { color: '#2563eb', textColor: paper },
  warning: { color: '#facc15', textColor: ink },
  high: { color: '#fb923c', textColor: ink },
  over: { color: '#dc2626', textColor: paper },
  unknown: { color: '#6b7280', textColor: paper },
} as const satisfies Record<string, Paint>;

/** Paints how things stand, as the user chose. A colour never stands alone: the text or the title says the same. */
export function badgeOf(
  badgeState: BadgeState,
  format: ReaderFormat,
  icon: IconChoice = defaultSettings.icon,
): Badge {
  const words = wordsOf(format);
  const said = words.badgeState;
  switch (badgeState.kind) {
    case 'unpaired':
      return {
        text: '',
        ...badgePaints.unknown,
        title: said.unpaired,
      };
    case 'loading':
      return { text: '...', ...badgePaints.unknown, title: said.loading };
    case 'error':
      return { text: '?', ...badgePaints.unknown, title: errorTitle(badgeState, words) };
    case 'stale':
      return {
        text: figureText(badgeState.summary, icon, words),
        ...badgePaints.unknown,
        title: joinSentences(words, [
          accountLine(badgeState, format, icon),
          said.old(formatInstant(badgeState.asOfMs, format)),
          badgeState.failure?.message,
        ]),
      };
    case 'blocked':
      return {
        text: waitText(badgeState) ?? '!',
        ...badgePaints.over,
        title: joinSentences(words, [
          accountLine(badgeState, format, icon),
          said.blocked,
          resetSentence(badgeState.blocked?.resetsAt ?? null, format),
        ]),
      };
    case 'past_due':
      return {
        text: words.badgeText.due,
        ...badgePaints.over,
        title: joinSentences(words, [
          accountLine(badgeState, format, icon),
          figuresPhrase(badgeState.summary, format, icon),
        ]),
      };
    case 'low':
    case 'ok':
      return {
        text: icon.onlyTrouble && badgeState.kind === 'ok' ? '' : figureText(badgeState.summary, icon, words),
        ...paintOf(subjectOf(badgeState.summary, icon).level),
        title: joinSentences(words, [
          accountLine(badgeState, format, icon),
          resetSentence(resetsAtOf(badgeState.summary, icon), format),
          said.asOf(formatTime(badgeState.asOfMs, format)),
        ]),
      };
  }
}

function paintOf(level: MeterLevel): Paint {
  return isLow(level) ? badgePaints[level] : badgePaints.ok;
}

/** The one thing that text, colour and title speak of. */
export type Subject =
  | { kind: 'credits'; level: MeterLevel }
  | { kind: 'meter'; level: MeterLevel; meter: FullestMeter }
  /** How long until the cycle's end, which is how the user wants it. */
  | { kind: 'reset'; level: MeterLevel }
  | { kind: 'nothing'; level: MeterLevel };

/**
 * The user's choice; otherwise the credits, or the fullest meter or window if its level is worse or the credits are hidden. A
 * choice that the account does not have, or that the role may not see, is ignored.
 */
export function subjectOf(summary: Summary, { what }: IconChoice = defaultSettings.icon): Subject {
  if (what === 'reset' && summary.resetsAt !== null) return { kind: 'reset', level: summary.level };
  const chosen = chosenMeter(summary, what);
  if (chosen !== null) return { kind: 'meter', level: chosen.level, meter: chosen };
  if (what === 'credits' && summary.credits !== null)
    return { kind: 'credits', level: levelOfCredits(summary) ?? 'ok' };
  const meter = fullestMeter(summary);
  const credits = levelOfCredits(summary);
  if (credits !== null && (meter === null || rank(credits) >= rank(meter.level) || !isLow(meter.level)))
    return { kind: 'credits', level: credits };
  return meter === null
    ? { kind: 'nothing', level: summary.level }
    : { kind: 'meter', level: meter.level, meter };
}

function chosenMeter(summary: Summary, what: IconChoice['what']): FullestMeter | null {
  const found = what.startsWith('meter:')
    ? summary.meters.find(({ metric }) => `meter:${metric}` === what)
    : summary.windows.find(({ id }) => `window:${id}` === what);
  if (found === undefined || found.percent === null) return null;
  const { label, level, resetsAt, percent } = found;
  return { label, level, resetsAt, percent };
}

/** How the credits stand; never worse than the account, which may pay with something else. Null where they may not be seen. */
function levelOfCredits({ credits, creditsIncluded, level }: Summary): MeterLevel | null {
  if (credits === null) return null;
  const [available, included] = [Number(credits.available), Number(creditsIncluded ?? 0)];
  if (included <= 0) return 'ok';
  const own = available <= 0 ? 'over' : levelOfPercent(100 * (1 - available / included));
  return rank(own) > rank(level) ? level : own;
}

const rank = (level: MeterLevel): number => meterLevels.indexOf(level);

function figureText(summary: Summary, icon: IconChoice, words: Words): string {
  const subject = subjectOf(summary, icon);
  if (subject.kind === 'meter') {
    const { percent } = subject.meter;
    return icon.as === 'used'
      ? formatShortPercentUsed(percent, words.badgeText.full)
      : formatShortPercentLeft(percent);
  }
  if (subject.kind === 'reset')
    return formatShortWait(Date.parse(summary.resetsAt ?? '') - Date.parse(summary.asOf)) ?? '';
  return summary.credits === null ? '' : formatShortAmount(summary.credits.available);
}

/** How long work is stopped for, by the account's clock; null where nobody knows or no reset helps. */
function waitText({ blocked, summary }: Extract<BadgeState, { kind: 'blocked' }>): string | null {
  const resetsAt = blocked?.resetsAt ?? null;
  return formatShortWait(resetsAt === null ? null : Date.parse(resetsAt) - Date.parse(summary.asOf));
}

/** The badge's figures of a meter, or of a limit by a time window. */
export type FullestMeter = Pick<SummaryMeter, 'label' | 'level' | 'resetsAt'> & { percent: number };

/** The meter or window that is used most, of those with a cap. */
export function fullestMeter({ meters, windows }: Pick<Summary, 'meters' | 'windows'>): FullestMeter | null {
  let fullest: FullestMeter | null = null;
  for (const { label, level, resetsAt, percent } of [...meters, ...windows]) {
    if (percent === null || level === 'observed') continue;
    if (fullest === null || percent > fullest.percent) fullest = { label, level, resetsAt, percent };
  }
  return fullest;
}

/** How things stand in one phrase, without the account's name: the title's first sentence, and what the line on a page says. */
export function linePhrase(badgeState: BadgeState, format: ReaderFormat, icon: IconChoice): string {
  const words = wordsOf(format);
  const said = words.badgeState;
  switch (badgeState.kind) {
    case 'unpaired':
      return said.unpaired;
    case 'loading':
      return said.loading;
    case 'error':
      return said.noFigures;
    case 'blocked':
      return blockedTitle(badgeState.blocked, badgeState.summary, words);
    case 'past_due':
      return said.paymentDue;
    case 'stale':
    case 'low':
    case 'ok':
      return figuresPhrase(badgeState.summary, format, icon);
  }
}

function accountLine(
  badgeState: Extract<BadgeState, { asOfMs: number }>,
  format: ReaderFormat,
  icon: IconChoice,
): string {
  return `${badgeState.summary.accountName}: ${linePhrase(badgeState, format, icon)}`;
}

/** The figures that the icon stands for, with those that are low next to them: `234 of 1,000 credits left, Emails 8% left`. */
export function figuresPhrase(summary: Summary, format: ReaderFormat, icon: IconChoice): string {
  const words = wordsOf(format);
  const said = words.badgeState;
  const parts: string[] = [];
  const subject = subjectOf(summary, icon);
  // Beyond the limit no share is left to show.
  const meterPhrase = ({ label, percent }: FullestMeter) =>
    icon.as === 'used' || percent >= 100
      ? said.percentUsed(label, formatPercent(percent, format))
      : said.percentLeft(label, formatPercent(100 - percent, format));
  // The figure of the text and the colour comes first.
  if (subject.kind === 'meter') parts.push(meterPhrase(subject.meter));
  if (summary.credits !== null) {
    const { creditLabel } = summary;
    const figure = (amount: string) => formatFigure(amount, creditLabel, format);
    parts.push(
      summary.creditsIncluded === null || Number(summary.creditsIncluded) < Number(summary.credits.available)
        ? said.amountLeft(formatWithUnit(summary.credits.available, creditLabel, format))
        : said.amountLeftOf(
            figure(summary.credits.available),
            formatWithUnit(summary.creditsIncluded, creditLabel, format),
          ),
    );
    if (Number(summary.credits.held) > 0) parts.push(said.held(figure(summary.credits.held)));
  }
  const meter = fullestMeter(summary);
  if (subject.kind === 'credits' && meter !== null && isLow(meter.level)) parts.push(meterPhrase(meter));
  if (parts.length === 0)
    parts.push(summary.planName === null ? said.connected : said.onPlan(summary.planName));
  return joinPhrase(words, parts);
}

/** When the subject resets: credits when they come again, a meter or window that is low by its own reset, or else the cycle. */
function resetsAtOf(summary: Summary, icon: IconChoice): string | null {
  const subject = subjectOf(summary, icon);
  const isChosen = icon.what !== 'auto';
  if (subject.kind === 'credits') return creditsResetAtOf(summary);
  if (subject.kind !== 'meter' || !(isChosen || isLow(subject.level))) return summary.resetsAt;
  return subject.meter.resetsAt ?? summary.resetsAt;
}

/** The cause of a low state in one phrase, such as `Emails 8% left`. */
export function causePhrase(summary: Summary, format: ReaderFormat, icon: IconChoice): string {
  // Low figures are named here, whatever the icon shows.
  return figuresPhrase(summary, format, { ...icon, what: 'auto' });
}

function resetSentence(resetsAt: string | null, format: ReaderFormat): string | null {
  return resetsAt === null
    ? null
    : wordsOf(format).badgeState.resets(formatInstant(Date.parse(resetsAt), format));
}

function errorTitle({ summary, failure }: Extract<BadgeState, { kind: 'error' }>, words: Words): string {
  const { noFigures, noLongerShows } = words.badgeState;
  return joinSentences(words, [
    summary === null ? noFigures : noLongerShows(summary.accountName),
    failure.message,
  ]);
}
