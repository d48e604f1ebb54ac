import type { DecimalString, Instant, Member, UnitLabel } from '@usagekit/server/contract';
import { subtractDecimals } from '../../derive/decimal.ts';

/** A metric that can be shared out. */
export interface ShareableMetric {
  /** Id of the metric. */
  metric: string;
  /** Its name, as the catalog has it. */
  label: string;
  /** One and many of what is counted. */
  unit: UnitLabel;
}

/** Members with their shares of metrics, and what each has used of one of them. */
export interface MemberShares {
  /** The metrics that can be shared out. */
  metrics: ShareableMetric[];
  /** The metric that `used` is of; one of `metrics`. */
  metric: string;
  /** All members, with their shares. */
  members: Member[];
  /** By member; who is not in it has used nothing. */
  used: Record<string, DecimalString>;
  /** What everyone has used of it, members or not; the part of each is left out without it. */
  total?: DecimalString | undefined;
  /** By member, what each day of the cycle so far used; drawn from two days on. */
  days?: Record<string, number[]> | undefined;
  /** When the server read the figures. */
  asOf: Instant;
  /** The account's zone. */
  timeZone?: string | undefined;
}

/** Members for whom the share is no more than what they have used: nothing more of theirs is let through. */
export function stoppedBy(
  share: DecimalString,
  members: readonly Member[],
  used: MemberShares['used'],
): Member[] {
  return members.filter(({ id }) => !isPositive(subtractDecimals(share, used[id] ?? '0')));
}

const isPositive = (value: DecimalString) => Number(value) > 0;
