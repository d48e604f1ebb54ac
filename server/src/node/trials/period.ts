import { msPerDay } from '../../contract/values/durations.ts';
import { isInstant } from '../../contract/values/primitive-schemas.ts';
import { UsageError } from '../commands/command.ts';

/** Half-open, in milliseconds. */
export interface Period {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * `last-month` is the whole calendar month before this one, in UTC; `30d` so many days up to now; two instants with `..` between
 * them are just that.
 * @throws UsageError
 */
export function parsePeriod(text: string, nowMs: number): Period {
  if (text === 'last-month') {
    const now = new Date(nowMs);
    const toMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
    return { fromMs: Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1), toMs };
  }
  const days = /^([1-9]\d{0,2})d$/.exec(text)?.[1];
  if (days !== undefined) return { fromMs: nowMs - Number(days) * msPerDay, toMs: nowMs };
  const [from = '', to = ''] = text.split('..');
  if (isInstant(from) && isInstant(to) && Date.parse(from) < Date.parse(to))
    return { fromMs: Date.parse(from), toMs: Date.parse(to) };
  throw new UsageError(
    `--against: '${text}' is none of last-month, 30d (or another number of days), 2026-05-01T00:00:00Z..2026-06-01T00:00:00Z.`,
  );
}
