import { createMemoryStore, type MemoryImage } from '@usagekit/server/memory';
import type { Snapshot } from './engine.ts';

/** The result of a scenario as text: JSON with bigints as digits and an `n`, and lists of like objects as tables. */
export function snapshotToText({ store, ...rest }: Snapshot): string {
  const { writes, installation } = store.image();
  // A scenario sends each of its idempotency keys once, and nobody sends them again.
  const { answers: _, ...kept } = writes;
  return JSON.stringify(toJson({ ...rest, image: { writes: kept, installation } }));
}

/** The same result, on a store of its own. */
export function snapshotFromText(text: string): Snapshot {
  const { image, ...rest } = fromJson(JSON.parse(text)) as Omit<Snapshot, 'store'> & { image: MemoryImage };
  return { ...rest, store: createMemoryStore(image) };
}

const bigintText = /^-?\d+n$/;
/** Of the keys of a table; its rows are the other values. */
const tableMark = '#';

/** @throws TypeError for a value that would not be read back as it is. */
function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (Array.isArray(value)) return tableOf(value) ?? value.map(toJson);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, toJson(part)]));
  }
  const isReadBack =
    typeof value === 'string'
      ? !bigintText.test(value) && value !== tableMark
      : typeof value === 'number'
        ? Number.isFinite(value)
        : typeof value === 'boolean' || value === null;
  if (!isReadBack) throw new TypeError(`An image cannot hold the ${typeof value} ${String(value)}.`);
  return value;
}

/** `['#', keys, ...rows]` for objects with the same keys in the same order, which takes a third less. */
function tableOf(list: readonly unknown[]): unknown[] | undefined {
  const isObject = (item: unknown) => typeof item === 'object' && item !== null && !Array.isArray(item);
  if (list.length < 3 || !list.every(isObject)) return undefined;
  const items = list as Record<string, unknown>[];
  const keys = Object.keys(items[0] ?? {});
  if (!items.every((item) => Object.keys(item).join('\n') === keys.join('\n'))) return undefined;
  return [tableMark, keys, ...items.map((item) => keys.map((key) => toJson(item[key])))];
}

/** Changes what was parsed in its place, since nobody else has it. */
function fromJson(value: unknown): unknown {
  if (typeof value === 'string') return bigintText.test(value) ? BigInt(value.slice(0, -1)) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value[0] === tableMark ? fromTable(value) : value.map(fromJson);
  const parts = value as Record<string, unknown>;
  for (const key in parts) parts[key] = fromJson(parts[key]);
  return parts;
}

function fromTable([, keys, ...rows]: unknown[]): unknown[] {
  return (rows as unknown[][]).map((row) => {
    const item: Record<string, unknown> = {};
    for (const [index, key] of (keys as string[]).entries()) item[key] = fromJson(row[index]);
    return item;
  });
}
