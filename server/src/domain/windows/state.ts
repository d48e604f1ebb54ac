import type { Micros } from '../amounts/amounts.ts';

/** The use counted in a part of a window, until the part no longer counts. Half-open. */
export interface WindowPart {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly used: Micros;
}

/** By the key of a plan's window. The parts are in the order of their time: a bounded number each. */
export type WindowUses = Readonly<Record<string, readonly WindowPart[]>>;
