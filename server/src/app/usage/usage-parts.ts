import type { Micros } from '../../domain/amounts/amounts.ts';

export interface UsageSpan {
  readonly accountId: string;
  /** A metric id, or `credits`. */
  readonly metric: string;
  /** '' for totals. */
  readonly dimension: string;
  /** The member whose use is read; null for everybody's. */
  readonly memberId: string | null;
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly timeZone: string;
  /** By the account's clock; days that end after it are whole for all that has happened. */
  readonly nowMs: number;
}

/** So much of a metric for one value of a dimension, at an instant in the day or moment that it belongs to. */
export interface UsagePart {
  readonly atMs: number;
  readonly value: string;
  readonly quantity: Micros;
}

/** Sums by value. */
export function sumByValue(parts: readonly UsagePart[]): Map<string, Micros> {
  const sums = new Map<string, Micros>();
  for (const { value, quantity } of parts) sums.set(value, (sums.get(value) ?? 0n) + quantity);
  return sums;
}
