/**
 * What SQLite's file format says is unused in a page: https://www.sqlite.org/fileformat2.html#b_tree_pages. SQLite itself leaves there what it
 * deleted or moved.
 */

/** From this byte up to that one. */
export type ByteRange = readonly [from: number, to: number];

/** The end of a value that did not fit into its page. */
export interface OverflowChain {
  readonly firstPage: number;
  /** Bytes of the value in the chain. */
  readonly bytes: number;
}

export interface PageContent {
  /** In ascending order, and none of them empty. */
  readonly unused: readonly ByteRange[];
  readonly chains: readonly OverflowChain[];
}

const leafTable = 13;
const leafIndex = 10;
const interiorTable = 5;
const interiorIndex = 2;

/** What SQLite gives to a cell at least. */
const cellBytesMin = 4;
/** The place of the next free block, and the size of this one. */
const freeBlockHeaderBytes = 4;
const pageNumberBytes = 4;

/** Whether a page that is in use belongs to a tree; else it is the rest of a value. Not for the first page, which has only the schema. Holds for files of less than `pagesMax` pages. */
export function isOfTree(page: Buffer): boolean {
  const [type] = page;
  return type === leafTable || type === leafIndex || type === interiorTable || type === interiorIndex;
}

/** With so many pages of a file, the number that a page of a value begins with may look like the type of a page of a tree. */
export const pagesMax = 0x0200_0000;

/**
 * The unused bytes of a page of a tree, and where its long values end.
 * @param usableBytes Of each page.
 * @returns undefined where the page is not what the format says: its cells, free blocks and gaps do not add up.
 */
export function readTreePage(page: Buffer, usableBytes: number): PageContent | undefined {
  try {
    return contentOf(page, usableBytes);
  } catch (error) {
    // A number that points beyond the page.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function contentOf(page: Buffer, usableBytes: number): PageContent | undefined {
  const [type = 0] = page;
  const isInterior = type === interiorTable || type === interiorIndex;
  const cellCount = page.readUInt16BE(3);
  const contentAt = page.readUInt16BE(5) || 65_536;
  const fragmentBytes = page.readUInt8(7);
  const pointersAt = isInterior ? 12 : 8;
  const pointersEnd = pointersAt + 2 * cellCount;
  if (contentAt < pointersEnd || contentAt > usableBytes) return undefined;
  const used: ByteRange[] = [];
  const chains: OverflowChain[] = [];
  for (let index = 0; index < cellCount; index += 1) {
    const at = page.readUInt16BE(pointersAt + 2 * index);
    const { bytes, chain } = cellAt(page, at, type, usableBytes);
    used.push([at, at + bytes]);
    if (chain !== undefined) chains.push(chain);
  }
  const cellBytes = used.reduce((sum, [from, to]) => sum + to - from, 0);
  let freeBytes = contentAt - pointersEnd + fragmentBytes;
  for (let at = page.readUInt16BE(1); at !== 0; ) {
    const next = page.readUInt16BE(at);
    const bytes = page.readUInt16BE(at + 2);
    if (next !== 0 && next <= at) return undefined;
    used.push([at, at + freeBlockHeaderBytes]);
    freeBytes += bytes;
    at = next;
  }
  if (pointersEnd + cellBytes + freeBytes !== usableBytes) return undefined;
  const unused = between(used, pointersEnd, usableBytes);
  return unused === undefined ? undefined : { unused, chains };
}

/** What the used ranges leave; undefined where they overlap or lie outside. */
function between(used: ByteRange[], start: number, end: number): ByteRange[] | undefined {
  used.sort(([a], [b]) => a - b);
  const left: ByteRange[] = [];
  let at = start;
  for (const [from, to] of used) {
    if (from < at || to > end) return undefined;
    if (from > at) left.push([at, from]);
    at = to;
  }
  if (at < end) left.push([at, end]);
  return left;
}

function cellAt(
  page: Buffer,
  at: number,
  type: number,
  usableBytes: number,
): { readonly bytes: number; readonly chain: OverflowChain | undefined } {
  const start = type === interiorTable || type === interiorIndex ? at + pageNumberBytes : at;
  if (type === interiorTable) return { bytes: varint(page, start).end - at, chain: undefined };
  const payload = varint(page, start);
  const payloadAt = type === leafTable ? varint(page, payload.end).end : payload.end;
  const local = localBytes(payload.value, usableBytes, type === leafTable);
  if (local === payload.value)
    return { bytes: Math.max(payloadAt + local - at, cellBytesMin), chain: undefined };
  const firstPage = page.readUInt32BE(payloadAt + local);
  return {
    bytes: payloadAt + local + pageNumberBytes - at,
    chain: { firstPage, bytes: payload.value - local },
  };
}

/** How much of a value is in the page of the tree. */
function localBytes(payload: number, usableBytes: number, isTable: boolean): number {
  const max = isTable ? usableBytes - 35 : Math.floor(((usableBytes - 12) * 64) / 255) - 23;
  if (payload <= max) return payload;
  const min = Math.floor(((usableBytes - 12) * 32) / 255) - 23;
  const local = min + ((payload - min) % (usableBytes - pageNumberBytes));
  return local <= max ? local : min;
}

/** Seven bits a byte, the highest first; a ninth byte has eight. Lengths are far below what a number holds; row ids are only passed over. */
function varint(page: Buffer, at: number): { readonly value: number; readonly end: number } {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = page.readUInt8(at + index);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return { value: value * 256 + page.readUInt8(at + 8), end: at + 9 };
}
