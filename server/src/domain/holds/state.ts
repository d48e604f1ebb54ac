import type { HoldStatus } from '../../contract/holds/holds.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import type { Micros } from '../amounts/amounts.ts';
import type { GrantLeg } from '../credits/state.ts';
import type { UseDimensions } from '../usage/state.ts';

/** Credits and counts that wait for their use. */
export interface OpenHold {
  readonly id: string;
  readonly taskId: string | null;
  readonly unit: CreditUnit;
  /** The amount set aside at first. */
  readonly amount: Micros;
  /** The amount still set aside, by grant. */
  readonly legs: readonly GrantLeg[];
  /** Charged through it so far. */
  readonly settled: Micros;
  /** Its counts against limits until it ends, by metric; its expected charge counts as `credits`. */
  readonly counts: Readonly<Record<string, Micros>>;
  readonly dimensions: UseDimensions;
  /** The catalog by whose prices it is settled; null for one made before that was kept. */
  readonly catalogVersion: number | null;
  /** By how much the plan that it was made on multiplied what models cost, in millionths. */
  readonly modelFactor: Micros;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** A hold as it is kept, open or ended. */
export interface HoldRecord {
  readonly id: string;
  readonly accountId: string;
  readonly taskId: string | null;
  readonly status: HoldStatus;
  readonly unit: CreditUnit;
  readonly amount: Micros;
  readonly remaining: Micros;
  readonly settled: Micros;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly endedAtMs: number | null;
}
