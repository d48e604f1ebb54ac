import type { Cost, GrantUse, Item, Remaining, UseRequest } from '../gate/gate.ts';
import type { CreditUnit, DecimalString, Instant } from '../values/amount.ts';

/** How a hold stands; only an open one holds anything. */
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
  /** The amount set aside at first. */
  amount: DecimalString;
  /** The amount still set aside. */
  remaining: DecimalString;
  /** The amount charged through it so far. */
  settled: DecimalString;
  unit: CreditUnit;
  createdAt: Instant;
  expiresAt: Instant;
  endedAt: Instant | null;
}

/** Body of `POST /v1/holds/{id}/settle`: the actual use. It is a fact and never refused; uncovered use becomes debt. */
export interface SettleRequest {
  accountId: string;
  items: Item[];
  /** True (the default) releases the rest of the hold. False settles a part and keeps the rest on hold. */
  final?: boolean;
}

/** Body of `POST /v1/holds/{id}/release`. */
export interface ReleaseRequest {
  accountId: string;
}

/** A hold after it was made, settled or released. `cost` is that of its estimate or of what was settled, and 0 after a release. */
export interface HoldAnswer {
  hold: Hold;
  /** The use that sized the hold, or the use that this settlement charged. */
  cost: Cost;
  grantsUsed: GrantUse[];
  remaining: Remaining;
  asOf: Instant;
}
