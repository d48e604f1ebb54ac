import { StoredFormatError } from '../store-errors.ts';

/** A row as a driver gives it. Integers of 64 bits come as `bigint`, or as text, so that none loses a digit. */
export type Row = Readonly<Record<string, unknown>>;

/** @throws StoredFormatError when the column holds no text. */
export function textColumn(row: Row, name: string): string {
  const value = row[name];
  if (typeof value !== 'string') throw new StoredFormatError(`Column ${name} holds no text.`);
  return value;
}

/** @throws StoredFormatError when the column holds no integer that a number can hold. */
export function numberColumn(row: Row, name: string): number {
  const value = Number(row[name] ?? Number.NaN);
  if (!Number.isSafeInteger(value))
    throw new StoredFormatError(`Column ${name} holds no integer that a number can hold.`);
  return value;
}

/** @throws StoredFormatError when the column was not read in full. */
export function bigintColumn(row: Row, name: string): bigint {
  const value = row[name];
  if (typeof value === 'bigint') return value;
  if (typeof value !== 'string') throw new StoredFormatError(`Column ${name} holds no integer.`);
  return BigInt(value);
}
