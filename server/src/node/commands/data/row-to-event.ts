import { apiBounds } from '../../../contract/api-bounds.ts';
import { modelUses } from '../../../contract/catalog/model-uses.ts';
import type { EventItem, UsageEvent } from '../../../contract/events/events.ts';
import { msPerDay } from '../../../contract/values/durations.ts';
import { isInstant } from '../../../contract/values/primitive-schemas.ts';
import { hash128 } from '../../../domain/ids/hash128.ts';
import { UsageError } from '../command.ts';
import { parseWallTime } from './wall-time.ts';

/** A row says something that is no event. */
export class RowError extends Error {
  override readonly name = 'RowError';
}

const dimensions = [
  'memberId',
  'agentId',
  'projectId',
  'workspaceId',
  'taskId',
  'apiKeyId',
  'category',
  'source',
] as const;
/** Counts of a model's request, input, output and cached tokens first. */
const counts = Object.values(modelUses)
  .map(({ field }) => field)
  .filter((field) => field !== 'seconds');
const numbers = [...counts, 'calls'];
const texts = [
  'at',
  'model',
  'provider',
  'seconds',
  'serviceTier',
  'metric',
  'quantity',
  'tool',
  'integration',
  'storage',
] as const;
const fields: readonly string[] = [...dimensions, ...numbers, ...texts];

/** Reads `field=value,field=value`. @throws UsageError that names the flag. */
export function parseAssignments(text: string, flag: string): Readonly<Record<string, string>> {
  if (text === '') return {};
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [field = '', ...rest] = part.split('=');
      const value = rest.join('=').trim();
      if (!fields.includes(field.trim()) || value === '')
        throw new UsageError(`${flag}: '${part}' is not field=value; fields are ${fields.join(', ')}.`);
      return [field.trim(), value];
    }),
  );
}

export interface RowReaderOptions {
  readonly accountId: string;
  /** Column by field. */
  readonly columns: Readonly<Record<string, string>>;
  /** Value by field. */
  readonly constants: Readonly<Record<string, string>>;
  /** The time zone of times that name none. */
  readonly timeZone: string;
  readonly nowMs: number;
}

type Cells = Readonly<Record<string, string>>;

/**
 * Turns rows into events. The id follows from what the row says and, where rows say the same, from how many did before, so
 * that it does not depend on the row's place.
 */
export function createRowReader(options: RowReaderOptions): (cells: Cells) => UsageEvent {
  const { accountId, constants, columns, timeZone, nowMs } = options;
  const seen = new Map<string, number>();
  return (cells) => {
    const value = (field: string) => cellOf(cells, columns[field]) ?? constants[field];
    const at = value('at');
    if (at === undefined) throw new RowError('has no time: name its column with --map at=COLUMN');
    const atMs = isInstant(at) ? Date.parse(at) : parseWallTime(at, timeZone);
    if (atMs === null) throw new RowError(`'${at}' is no time`);
    const content = {
      accountId,
      at: new Date(atMs).toISOString(),
      items: [itemOf(value)],
      ...Object.fromEntries(dimensions.flatMap((name) => entryOf(name, value(name)))),
    };
    // The time as it is written counts, since it may tell more than milliseconds.
    const hash = hash128(`${at}\n${JSON.stringify(content)}`);
    const before = seen.get(hash) ?? 0;
    seen.set(hash, before + 1);
    const isOld = atMs < nowMs - apiBounds.eventAgeDaysMax * msPerDay;
    return { id: `import-${hash}-${before}`, ...content, ...(isOld ? { backfill: true } : {}) };
  };
}

function cellOf(cells: Cells, column: string | undefined): string | undefined {
  if (column === undefined) return undefined;
  const cell = cells[column];
  if (cell === undefined) throw new RowError(`has no column '${column}'`);
  return cell === '' ? undefined : cell;
}

function entryOf<Value>(name: string, value: Value | undefined): [string, Value][] {
  return value === undefined ? [] : [[name, value]];
}

function itemOf(value: (field: string) => string | undefined): EventItem {
  const count = (field: string) => wholeNumber(field, value(field));
  const model = value('model');
  if (model !== undefined)
    return {
      model,
      ...Object.fromEntries(entryOf('provider', value('provider'))),
      ...Object.fromEntries(counts.flatMap((name) => entryOf(name, count(name)))),
      ...Object.fromEntries(
        (['seconds', 'serviceTier'] as const).flatMap((name) => entryOf(name, value(name))),
      ),
    };
  const tool = value('tool');
  if (tool !== undefined)
    return {
      tool,
      calls: count('calls') ?? 1,
      ...Object.fromEntries(entryOf('integration', value('integration'))),
    };
  const storage = value('storage');
  if (storage !== undefined) return { storage, quantity: value('quantity') ?? '1' };
  const metric = value('metric');
  if (metric !== undefined) return { metric, quantity: value('quantity') ?? '1' };
  throw new RowError('says nothing that was used: map or set model, tool, storage or metric');
}

function wholeNumber(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new RowError(`${field} '${text}' is no whole number of at least 0`);
  return Number(text);
}
