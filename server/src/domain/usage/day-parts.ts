import type { Micros } from '../amounts/amounts.ts';
import { derivedIdMark } from '../ids/derived-id.ts';
import { CellSums } from './cell-sums.ts';
import { hourDimension, memberDimension } from './cells.ts';
import type { AddedCell, UsageCell } from './state.ts';

/*
 * A day's use is kept in parts too: that of each member, that of each hour, and that of each member in each hour. A part has the sums
 * by every dimension that its own does not settle, so that one member's use by another dimension, and hours by a dimension, are read
 * without a single use.
 */

/** The part of a day that one member used. */
export function memberPart(memberId: string): string {
  return `member${derivedIdMark}${memberId}`;
}

/** The part of a day that was used in one hour, counted from the start of the local day. */
export function hourPart(hour: number): string {
  return `hour${derivedIdMark}${hour}`;
}

/** The part of a day that one member used in one hour. */
export function memberHourPart(memberId: string, hour: number): string {
  return `member-hour${derivedIdMark}${hour}${derivedIdMark}${memberId}`;
}

/** The name of a part with another member's id in the place of each. */
export function partWithMember(part: string, memberIdOf: (id: string) => string): string {
  const [kind = '', ...rest] = part.split(derivedIdMark);
  const before = kind === 'hour' ? rest.length : kind === 'member' ? 0 : 1;
  const memberId = rest.slice(before).join(derivedIdMark);
  return before === rest.length
    ? part
    : [kind, ...rest.slice(0, before), memberIdOf(memberId)].join(derivedIdMark);
}

/** The key of a sum within a part. No metric and no dimension holds the mark. */
export function sumKey(metric: string, dimension: string, value: string): string {
  return `${seriesKey(metric, dimension)}${value}`;
}

/** What the keys of all sums of a metric by a dimension begin with. */
export function seriesKey(metric: string, dimension: string): string {
  return `${metric}${derivedIdMark}${dimension}${derivedIdMark}`;
}

/** The series of a key, and the value. */
export function splitKey(key: string): readonly [series: string, value: string] {
  const end = key.indexOf(derivedIdMark, key.indexOf(derivedIdMark) + 1) + 1;
  return [key.slice(0, end), key.slice(end)];
}

/** Sums to be added to a part. */
export interface PartSums {
  readonly accountId: string;
  readonly day: number;
  readonly part: string;
  readonly sums: ReadonlyMap<string, Micros>;
}

/** The cells without hour and member, one a day, metric, dimension and value. */
export function dayCellsOf(cells: readonly AddedCell[]): readonly UsageCell[] {
  const sums = new Map<string, CellSums>();
  for (const { accountId, day, metric, dimension, value, quantity } of cells) {
    const own = sums.get(accountId) ?? new CellSums();
    sums.set(accountId, own);
    own.add({ accountId, day, metric, dimension, value, quantity });
  }
  return [...sums.values()].flatMap(({ cells: own }) => own);
}

type GrowingPart = PartSums & { readonly sums: Map<string, Micros> };

/** What cells add to the parts of their days. */
export function partSumsOf(cells: readonly AddedCell[]): readonly PartSums[] {
  const parts = new Map<string, GrowingPart>();
  const partOf = ({ accountId, day }: AddedCell, part: string): GrowingPart => {
    const name = `${accountId}\n${day}\n${part}`;
    const found = parts.get(name) ?? { accountId, day, part, sums: new Map<string, Micros>() };
    parts.set(name, found);
    return found;
  };
  // The cells of one use come one after another and belong to the same parts.
  let last: AddedCell | undefined;
  let ofMember: GrowingPart | undefined;
  let ofHour: GrowingPart | undefined;
  let ofMemberHour: GrowingPart | undefined;
  for (const cell of cells) {
    const { metric, dimension, value, quantity, hour, memberId } = cell;
    if (dimension === '') continue;
    if (last === undefined || !isSamePart(last, cell)) {
      const isOfMember = memberId !== undefined;
      ofMember = isOfMember ? partOf(cell, memberPart(memberId)) : undefined;
      ofHour = hour === undefined ? undefined : partOf(cell, hourPart(hour));
      ofMemberHour =
        isOfMember && hour !== undefined ? partOf(cell, memberHourPart(memberId, hour)) : undefined;
      last = cell;
    }
    const key = sumKey(metric, dimension, value);
    const isHour = dimension === hourDimension;
    const isMember = dimension === memberDimension;
    if (!isMember) add(ofMember, key, quantity);
    if (!isHour) add(ofHour, key, quantity);
    if (!isHour && !isMember) add(ofMemberHour, key, quantity);
  }
  // Of a use without a model, a tool or the like, there is nothing to tell of its member's hour.
  return [...parts.values()].filter(({ sums }) => sums.size > 0);
}

function add(part: GrowingPart | undefined, key: string, quantity: Micros): void {
  part?.sums.set(key, (part.sums.get(key) ?? 0n) + quantity);
}

function isSamePart(a: AddedCell, b: AddedCell): boolean {
  return a.day === b.day && a.hour === b.hour && a.memberId === b.memberId && a.accountId === b.accountId;
}
