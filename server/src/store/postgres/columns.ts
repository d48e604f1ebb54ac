import { StoredFormatError } from '../store.ts';
export type Row = Readonly<Record<string, unknown>>;

/** @throws StoredFormatError when the column holds no text. */
export function textColumn(row: Row, name: string): string {
  const value = row[name];
  if (typeof value !== 'string') throw new StoredFormatError(`Column ${name} holds no text.`);
  return value;
}

/** The driver gives 64-bit integers as text, so that none loses a digit. */
export function numberColumn(row: Row, name: string): number {
  const value = Number(row[name]);
  if (!Number.isSafeInteger(value))
    throw new StoredFormatError(`Column ${name} holds no integer that a number can hold.`);
  return value;
}

export function bigintColumn(row: Row, name: string): bigint {
  return BigInt(textColumn(row, name));
}
