import { msPerDay } from '@usagekit/server/contract';

/** A span of time: milliseconds, `'15s'`, `'10m'`, `'2h'`, `'3d'`, or an object of such parts. */
export type Span =
  | number
  | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`
  | { days?: number; hours?: number; minutes?: number; seconds?: number; milliseconds?: number };

/** The mock's time. It stands still until it is moved, and only forward. */
export interface MockClock {
  nowMs(): number;
  now(): Date;
  /** @throws RangeError where the instant lies in the past or cannot be read */
  moveTo(instantMs: number): void;
}

export function createMockClock(startMs: number): MockClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    now: () => new Date(nowMs),
    moveTo(instantMs) {
      if (!(instantMs >= nowMs)) {
        throw new RangeError(`The clock only goes forward from ${new Date(nowMs).toISOString()}.`);
      }
      nowMs = instantMs;
    },
  };
}

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: msPerDay } as const;

/**
 * A span in milliseconds. A day is 24 hours.
 *
 * @throws RangeError for an invalid or negative span
 */
export function parseSpan(span: Span): number {
  const spanMs =
    typeof span === 'number' ? span : typeof span === 'string' ? parseText(span) : sumParts(span);
  if (!(spanMs >= 0 && Number.isFinite(spanMs))) {
    throw new RangeError(
      `Not a span of time: ${JSON.stringify(span)}. Accepted: 1500, '15s', '2h', { days: 3 }.`,
    );
  }
  return spanMs;
}

function parseText(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  return match ? Number(match[1]) * unitMs[match[2] as keyof typeof unitMs] : Number.NaN;
}

function sumParts({
  days = 0,
  hours = 0,
  minutes = 0,
  seconds = 0,
  milliseconds = 0,
}: Exclude<Span, number | string>) {
  return days * unitMs.d + hours * unitMs.h + minutes * unitMs.m + seconds * unitMs.s + milliseconds;
}
