import {
  levelOfPercent,
  type MeterLevel,
  meterLevels,
  type Summary,
  type SummaryMeter,
} from '@usagekit/server/contract';
import {
  formatAmount,
  formatInstant,
  formatPercent,
  formatTime,
  type ReaderFormat,
} from './reader-format.ts';
import { formatShortAmount, formatShortPercentLeft, formatShortWait } from './short-amount.ts';
import { isLow, type Standing } from './standing.ts';

/** What the toolbar shows. Text is ASCII and no wider than a badge shows whole; an empty one hides the badge. */
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

/** The four steps of a bar, and grey for what is not known. Each pair has a contrast of at least 4.5 to 1. */
export const badgePaints = {
  ok: { color: '#2563eb', textColor: paper },
  warning: { color: '#facc15', textColor: ink },
  high: { color: '#fb923c', textColor: ink },
  over: { color: '#dc2626', textColor: paper },
  unknown: { color: '#6b7280', textColor: paper },
} as const satisfies Record<string, Paint>;

/** Paints how things stand. A colour never stands alone: the text or the title says the same. */
export function badgeOf(standing: Standing, format: ReaderFormat): Badge {
  switch (standing.kind) {
    case 'unpaired':
      return {
        text: '',
        ...badgePaints.unknown,
        title: 'UsageKit is not connected. Open it to connect an account.',
      };
    case 'loading':
      return { text: '...', ...badgePaints.unknown, title: 'UsageKit is asking for the first figures.' };
    case 'error':
      return { text: '?', ...badgePaints.unknown, title: errorTitle(standing) };
    case 'stale':
      return {
        text: figureText(standing.summary),
        ...badgePaints.unknown,
        title: sentences(
          standingSentence(standing.summary, format),
          `These figures are old, from ${formatInstant(standing.asOfMs, format)}`,
          standing.failure?.message,
        ),
      };
    case 'blocked':
      return {
        text: waitText(standing) ?? '!',
        ...badgePaints.over,
        title: sentences(
          `${standing.summary.accountName}: ${standing.blocked?.message ?? 'New work is paused'}`,
          resetSentence(standing.blocked?.resetsAt ?? null, format),
        ),
      };
    case 'past_due':
      return {
        text: 'due',
        ...badgePaints.over,
        title: sentences(
          `${standing.summary.accountName}: a payment is due`,
          capitalise(figuresPhrase(standing.summary, format)),
        ),
      };
    case 'low':
    case 'ok':
      return {
        text: figureText(standing.summary),
        ...paintOf(subjectOf(standing.summary).level),
        title: sentences(
          standingSentence(standing.summary, format),
          resetSentence(resetsAtOf(standing.summary), format),
          `As of ${formatTime(standing.asOfMs, format)}`,
        ),
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
  | { kind: 'nothing'; level: MeterLevel };

/** The credits, or the fullest meter or window where that stands worse or the credits may not be seen. */
export function subjectOf(summary: Summary): Subject {
  const meter = fullestMeter(summary);
  const credits = levelOfCredits(summary);
  if (credits !== null && (meter === null || rank(credits) >= rank(meter.level) || !isLow(meter.level)))
    return { kind: 'credits', level: credits };
  return meter === null
    ? { kind: 'nothing', level: summary.level }
    : { kind: 'meter', level: meter.level, meter };
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

function figureText(summary: Summary): string {
  const subject = subjectOf(summary);
  if (subject.kind === 'meter') return formatShortPercentLeft(subject.meter.percent);
  return summary.credits === null ? '' : formatShortAmount(summary.credits.available);
}

/** How long work is stopped for, by the account's clock; null where nobody knows or no reset helps. */
function waitText({ blocked, summary }: Extract<Standing, { kind: 'blocked' }>): string | null {
  const resetsAt = blocked?.resetsAt ?? null;
  return formatShortWait(resetsAt === null ? null : Date.parse(resetsAt) - Date.parse(summary.asOf));
}

/** What a badge tells of a meter, or of a limit by a window of time. */
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

function standingSentence(summary: Summary, format: ReaderFormat): string {
  return `${summary.accountName}: ${figuresPhrase(summary, format)}`;
}

function figuresPhrase(summary: Summary, format: ReaderFormat): string {
  const parts: string[] = [];
  const subject = subjectOf(summary);
  const meterPhrase = ({ label, percent }: FullestMeter) => `${label} ${formatPercent(percent, format)} used`;
  // What the text and the colour speak of comes first.
  if (subject.kind === 'meter') parts.push(meterPhrase(subject.meter));
  if (summary.credits !== null) {
    const left = formatAmount(summary.credits.available, format);
    const unit = left === '1' ? summary.creditLabel.one : summary.creditLabel.other;
    parts.push(
      summary.creditsIncluded === null || Number(summary.creditsIncluded) < Number(summary.credits.available)
        ? `${left} ${unit} left`
        : `${left} of ${formatAmount(summary.creditsIncluded, format)} ${summary.creditLabel.other} left`,
    );
    if (Number(summary.credits.held) > 0) parts.push(`${formatAmount(summary.credits.held, format)} held`);
  }
  const meter = fullestMeter(summary);
  if (subject.kind === 'credits' && meter !== null && isLow(meter.level)) parts.push(meterPhrase(meter));
  if (parts.length === 0) parts.push(summary.planName === null ? 'connected' : `on ${summary.planName}`);
  return parts.join(', ');
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** When the subject resets: a meter or window that is low by its own reset, or else the cycle. */
function resetsAtOf(summary: Summary): string | null {
  const subject = subjectOf(summary);
  if (subject.kind !== 'meter' || !isLow(subject.level)) return summary.resetsAt;
  return subject.meter.resetsAt ?? summary.resetsAt;
}

/** The cause of a low standing in one phrase, such as `Emails 92% used`. */
export function causePhrase(summary: Summary, format: ReaderFormat): string {
  return capitalise(figuresPhrase(summary, format));
}

function resetSentence(resetsAt: string | null, format: ReaderFormat): string | undefined {
  return resetsAt === null ? undefined : `Resets ${formatInstant(Date.parse(resetsAt), format)}`;
}

function errorTitle(standing: Extract<Standing, { kind: 'error' }>): string {
  return sentences(
    standing.summary === null
      ? 'UsageKit has no figures'
      : `UsageKit no longer shows ${standing.summary.accountName}`,
    standing.failure.message,
  );
}

function sentences(...parts: (string | undefined)[]): string {
  return parts
    .filter((part): part is string => part !== undefined && part !== '')
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(' ');
}
