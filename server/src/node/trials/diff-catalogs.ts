import type { CatalogConfig } from '../../contract/catalog/catalog.ts';

/** One thing that two catalogs say differently. */
export interface CatalogChange {
  /** Where it stands, by ids and not by numbers: `plans/pro/monthlyCredits`. */
  readonly at: string;
  /** As JSON; null where there was nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

/** By what the things of a list are told apart; the first that all of them have. */
const names = ['id', 'metric', 'name', 'from', 'when'] as const;

/** Tells what changed, each thing of a list by its own id, so that a plan which moved to another place is no change. */
export function diffCatalogs(before: CatalogConfig, after: CatalogConfig): CatalogChange[] {
  return differences(before, after, '');
}

function differences(before: unknown, after: unknown, at: string): CatalogChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const [old, now] = [partsOf(before), partsOf(after)];
  if (old === undefined || now === undefined) return [{ at, before: textOf(before), after: textOf(after) }];
  const keys = [...new Set([...old.keys(), ...now.keys()])];
  return keys.flatMap((key) => differences(old.get(key), now.get(key), at === '' ? key : `${at}/${key}`));
}

/** The parts of an object, or of a list whose things have names; undefined for what has none. */
function partsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const named = names.find((name) => value.every((one) => nameIn(one, name) !== undefined));
  if (named === undefined) return undefined;
  const parts = new Map(value.map((one) => [nameIn(one, named) ?? '', one]));
  return parts.size === value.length ? parts : undefined;
}

function nameIn(value: unknown, name: (typeof names)[number]): string | undefined {
  if (typeof value !== 'object' || value === null || !(name in value)) return undefined;
  const text = (value as Readonly<Record<string, unknown>>)[name];
  return typeof text === 'string' ? text : undefined;
}

function textOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
