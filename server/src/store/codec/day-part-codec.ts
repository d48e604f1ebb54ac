import { apiBounds } from '../../contract/api-bounds.ts';
import { otherValue } from '../../contract/usage/other-value.ts';
import type { Micros } from '../../domain/amounts/amounts.ts';
import type { Eraser } from '../../domain/erasures/eraser.ts';
import { derivedIdMark } from '../../domain/ids/derived-id.ts';
import { memberDimension } from '../../domain/usage/cells.ts';
import {
  hourPart,
  memberHourPart,
  memberPart,
  partWithMember,
  seriesKey,
  splitKey,
} from '../../domain/usage/day-parts.ts';
import { readable, Unreadable } from '../parts/loaded-rows.ts';
import type { DayPartQuery } from '../store.ts';
import { amountFromJson, amountToJson, type JsonAmount } from './json-amount.ts';
import { createStoredFormat, decodeStored } from './stored-format.ts';

/** A day on which a zone puts its clock back by an hour has 25. */
const hoursOfDayMax = 25;

/** The sums of a part of a day, by metric, dimension and value. */
type JsonDayPart = [version: number, sums: Record<string, JsonAmount>];

export const dayPartFormat = createStoredFormat<JsonDayPart>('part of a day', []);

/**
 * The body with sums added to it. A series keeps as many values as `apiBounds.seriesValuesMax`, the first that come; what comes after them
 * is added to its `otherValue`.
 *
 * @param body Undefined where there is none yet.
 * @throws StoredFormatError
 */
export function addToDayPart(body: string | undefined, added: ReadonlyMap<string, Micros>): string {
  const sums = body === undefined ? {} : dayPartFormat.parse(body)[1];
  let count = Object.keys(sums).length;
  for (const [key, quantity] of added) {
    // As long as all series together have few values, none of them has too many.
    const kept = sums[key] !== undefined || count < apiBounds.seriesValuesMax ? key : keptKey(sums, key);
    const before = sums[kept];
    if (before === undefined) count += 1;
    sums[kept] = amountToJson(before === undefined ? quantity : amountFromJson(before) + quantity);
  }
  return JSON.stringify([dayPartFormat.version, sums]);
}

function keptKey(sums: JsonDayPart[1], key: string): string {
  const [series] = splitKey(key);
  const other = `${series}${otherValue}`;
  let count = 0;
  for (const each in sums) if (each.startsWith(series) && each !== other) count += 1;
  return count < apiBounds.seriesValuesMax ? key : other;
}

/** The sums of one metric by one dimension. @throws StoredFormatError */
export function readDayPart(
  body: string,
  metric: string,
  dimension: string,
): { readonly value: string; readonly quantity: Micros }[] {
  return decodeStored('part of a day', () => {
    const series = seriesKey(metric, dimension);
    const found: { value: string; quantity: Micros }[] = [];
    for (const [key, amount] of Object.entries(dayPartFormat.parse(body)[1]))
      if (key.startsWith(series))
        found.push({ value: key.slice(series.length), quantity: amountFromJson(amount) });
    return found;
  });
}

/** The names of the parts that a query asks for, each with its hour; null for a whole day. */
export function askedParts({ by, memberId }: DayPartQuery): ReadonlyMap<string, number | null> {
  if (by === 'day') return new Map(memberId === undefined ? [] : [[memberPart(memberId), null]]);
  const hours = Array.from({ length: hoursOfDayMax }, (_, hour) => hour);
  return new Map(
    hours.map((hour) => [memberId === undefined ? hourPart(hour) : memberHourPart(memberId, hour), hour]),
  );
}

/** Every sum of a body. @throws StoredFormatError */
export function sumsOfDayPart(body: string): ReadonlyMap<string, Micros> {
  return decodeStored(
    'part of a day',
    () =>
      new Map(
        Object.entries(dayPartFormat.parse(body)[1]).map(([key, amount]) => [key, amountFromJson(amount)]),
      ),
  );
}

/** A part and its body. */
export interface DayPartRow {
  readonly part: string;
  readonly body: string;
}

/** The part under the names that an erasure leaves; the same object where it names nobody who is erased, or cannot be read. */
export function erasedDayPart(eraser: Eraser, row: DayPartRow): DayPartRow {
  const part = partWithMember(row.part, eraser.memberId);
  const sums = readable(() => sumsOfDayPart(row.body));
  if (sums instanceof Unreadable) return row;
  const erased = new Map<string, Micros>();
  let isChanged = part !== row.part || eraser.erasing.subject === 'account';
  for (const [key, quantity] of sums) {
    const [series, value] = splitKey(key);
    const isOfMember =
      series.endsWith(`${derivedIdMark}${memberDimension}${derivedIdMark}`) && value !== otherValue;
    const after = isOfMember ? `${series}${eraser.memberId(value)}` : key;
    if (after !== key) isChanged = true;
    erased.set(after, (erased.get(after) ?? 0n) + quantity);
  }
  return isChanged ? { part, body: addToDayPart(undefined, erased) } : row;
}
