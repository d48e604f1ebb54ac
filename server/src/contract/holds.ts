import type { CreditUnit, DecimalString, Instant } from './amount.ts';
import type { Cost, GrantUse, Item, Remaining, UseRequest } from './gate.ts';

export type HoldStatus = 'open' | 'settled' | 'released' | 'expired';

/** Body of `POST /v1/holds`. */
export interface HoldRequest extends UseRequest {
  /** Made by the server where it is left out. */
  id?: string;
  /** At most 30 days ahead; one day by default. */
  expiresAt?: Instant;
}

/** Credits set aside for a task before its cost is known. */
export interface Hold {
  id: string;
  accountId: string;
  taskId: string | null;
  status: HoldStatus;
  /** What was set aside at first. */
  amount: DecimalString;
  /** What is still set aside. */
  remaining: DecimalString;
  /** What was charged through it so far. */
  settled: DecimalString;
  unit: CreditUnit;
  createdAt: Instant;
  expiresAt: Instant;
  endedAt: Instant | null;
}

/** Body of `POST /v1/holds/{id}/settle`: what was really used. It is a fact and never refused; what nothing covers is owed. */
export interface SettleRequest {
  accountId: string;
  items: Item[];
  /** True by default: what is left of the hold is given back. False settles a part and keeps the rest aside. */
  final?: boolean;
}

/** Body of `POST /v1/holds/{id}/release`. */
export interface ReleaseRequest {
  accountId: string;
}

export interface HoldAnswer {
  hold: Hold;
  /** What the hold was sized by, or what this settlement charged. */
  cost: Cost;
  grantsUsed: GrantUse[];
  remaining: Remaining;
  asOf: Instant;
}
