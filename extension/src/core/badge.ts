import type { MeterLevel, Summary, SummaryMeter } from '@usagekit/server/contract';
import {
  formatAmount,
  formatInstant,
  formatPercent,
  formatTime,
  type ReaderFormat,
} from './reader-format.ts';
import { formatShortAmount, formatShortPercentLeft } from './short-amount.ts';
import { isLow, type Standing } from './standing.ts';

/** What the toolbar shows. Text is at most four ASCII characters; an empty one hides the badge. */
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
        text: '!',
        ...badgePaints.over,
        title: sentences(
          `${standing.summary.accountName}: ${standing.blocked?.message ?? 'New work is paused'}`,
          resetSentence(standing.blocked?.resetsAt ?? standing.summary.resetsAt, format),
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
        ...paintOf(standing.summary.level),
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

/** The credits left, or for one who may see percentages only the share that is left of the fullest meter. */
function figureText(summary: Summary): string {
  if (summary.credits !== null) return formatShortAmount(summary.credits.available);
  const meter = fullestMeter(summary);
  return meter === null ? '' : formatShortPercentLeft(meter.percent);
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
  if (meter !== null && (parts.length === 0 || isLow(meter.level))) {
    parts.push(`${meter.label} ${formatPercent(meter.percent, format)} used`);
  }
  if (parts.length === 0) parts.push(summary.planName === null ? 'connected' : `on ${summary.planName}`);
  return parts.join(', ');
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** When what is told of resets: the fullest meter or window where that is low, or else the cycle. */
function resetsAtOf(summary: Summary): string | null {
  const fullest = fullestMeter(summary);
  return fullest !== null && isLow(fullest.level) ? (fullest.resetsAt ?? summary.resetsAt) : summary.resetsAt;
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
