import type { QueryConfig } from 'pg';
import { apiBounds } from '../../../contract/api-bounds.ts';
import { otherValue } from '../../../contract/usage/other-value.ts';
import { derivedIdMark } from '../../../domain/ids/derived-id.ts';
import { CellSums } from '../../../domain/usage/cell-sums.ts';
import { dayCellsOf, type PartSums } from '../../../domain/usage/day-parts.ts';
import type { AddedCell } from '../../../domain/usage/state.ts';
import { cellsFromJson, cellsToJson, groupsOfFlat, type JsonCells } from '../../codec/cells-codec.ts';
import { addToDayPart, dayPartFormat } from '../../codec/day-part-codec.ts';
import { amountToJson } from '../../codec/json-amount.ts';
import { createStoredFormat, type UpgradeStep } from '../../codec/stored-format.ts';
import type { Writes } from '../../store.ts';
import type { KnownAccount } from './known-account.ts';

/*
 * A debit adds to half a dozen cells, and to update each of them in its table would be most of what it costs. So what
 * is added waits in the account's own row, which the debit writes anyway, and goes to the table now and then. Reads
 * take both.
 */

/** Versions of an account after which its pending cells go to the table. */
const versionsPerFold = 256;
/** Pending cells of an account beyond which they go to the table at once: its row is written again and again. */
const pendingMax = 24;

export interface CellChanges {
  /** The pending cells in each account's row after the write, if they changed. */
  readonly pending: ReadonlyMap<string, readonly AddedCell[]>;
  /** The cells to add to the table. */
  readonly folded: readonly AddedCell[];
}

export function cellChanges(writes: Writes, known: ReadonlyMap<string, KnownAccount>): CellChanges {
  const pending = new Map<string, readonly AddedCell[]>();
  const folded: AddedCell[] = [];
  if (writes.cells === undefined || writes.cells.length === 0) return { pending, folded };
  const versions = new Map(writes.accounts?.map((state) => [state.profile.id, state.version]));
  const waitingOf = (accountId: string): readonly AddedCell[] =>
    (versions.has(accountId) ? known.get(accountId)?.pendingCells : undefined) ?? [];
  for (const [accountId, { cells }] of sumsByAccount(writes.cells, waitingOf)) {
    const version = versions.get(accountId);
    const versionBefore = known.get(accountId)?.state.version ?? 0;
    const isDue =
      // Without its row being written there is nothing that the cells could wait in.
      version === undefined ||
      Math.floor(version / versionsPerFold) > Math.floor(versionBefore / versionsPerFold) ||
      cells.length > pendingMax;
    if (isDue) folded.push(...cells);
    if (version !== undefined) pending.set(accountId, isDue ? [] : cells);
  }
  return { pending, folded };
}

/** By account, the pending cells and the added ones. */
function sumsByAccount(
  added: readonly AddedCell[],
  waitingOf: (accountId: string) => readonly AddedCell[],
): Map<string, CellSums> {
  const byAccount = new Map<string, CellSums>();
  for (const cell of added) {
    let sums = byAccount.get(cell.accountId);
    if (sums === undefined) {
      sums = new CellSums(waitingOf(cell.accountId));
      byAccount.set(cell.accountId, sums);
    }
    sums.add(cell);
  }
  return byAccount;
}

/** Version 1 was a flat list, with '' for a day or a metric that is the one before; hours and members were not in it. */
const to2: UpgradeStep = ([cells]) => {
  const flat = [...(cells as unknown[])];
  for (let from = 5; from < flat.length; from += 5) {
    flat[from] = flat[from] === '' ? flat[from - 5] : flat[from];
    flat[from + 1] = flat[from + 1] === '' ? flat[from - 4] : flat[from + 1];
  }
  return [groupsOfFlat(flat)];
};

export const pendingCellsFormat = createStoredFormat<[version: number, cells: JsonCells]>(
  'list of pending cells',
  [to2],
);

export function encodePendingCells(cells: readonly AddedCell[]): string {
  return JSON.stringify([pendingCellsFormat.version, cellsToJson(cells)]);
}

/** @throws StoredFormatError */
export function decodePendingCells(accountId: string, text: string): AddedCell[] {
  return cellsFromJson(accountId, pendingCellsFormat.parse(text)[1]);
}

/** Cells of one series from the table, and as `pending` all that waits in the account's row, as of one instant. */
export const readCellsSql = `
  SELECT day, value, quantity, NULL AS pending FROM cells
  WHERE account_id = $1 AND metric = $2 AND dimension = $3 AND day >= $4 AND day < $5
  UNION ALL
  SELECT NULL, NULL, NULL, pending_cells FROM accounts WHERE account_id = $1`;

/** The asked parts of an account's days from the table, and as `pending` all that waits in its row, as of one instant. */
export const readDayPartsSql = `
  SELECT day, part, body, NULL AS pending FROM day_parts
  WHERE account_id = $1 AND part = ANY($2::text[]) AND day >= $3 AND day < $4
  UNION ALL
  SELECT NULL, NULL, NULL, pending_cells FROM accounts WHERE account_id = $1`;

/** The largest value of an integer column. */
const integerMax = 2n ** 63n - 1n;

/**
 * Adds cells to the table; their accounts are locked. What would make a sum that the column does not hold is set aside. A value that is new on a day which has as many as it may goes to
 * that day's `other`. Sums are SUM's, which is exact. Each look-up is by the whole key: LIMIT keeps the planner from
 * reading the table at once instead.
 */
export function foldCells(cells: readonly AddedCell[]): QueryConfig {
  const rows = dayCellsOf(cells).map(({ accountId, day, metric, dimension, value, quantity }) => ({
    a: accountId,
    d: day,
    m: metric,
    k: dimension,
    v: value,
    q: amountToJson(quantity),
  }));
  return { name: 'fold_cells', text: foldCellsSql, values: [JSON.stringify(rows)] };
}

/** Adds what cells are to the parts of their days; their accounts are locked. */
export function foldDayParts(parts: readonly PartSums[]): QueryConfig {
  const rows = parts.map(({ accountId, day, part, sums }) => ({
    a: accountId,
    d: day,
    p: part,
    b: addToDayPart(undefined, sums),
  }));
  return { name: 'fold_day_parts', text: foldDayPartsSql, values: [JSON.stringify(rows)] };
}

/** What `addToDayPart` does to a body. The values that are there come before the new ones, and these in their order; `other` has a place of its own. */
const foldDayPartsSql = `
  INSERT INTO day_parts (account_id, part, day, body)
  SELECT a, p, d, b FROM json_to_recordset($1) AS given (a text, d integer, p text, b text)
  ON CONFLICT (account_id, part, day) DO UPDATE SET body = (
    SELECT '[${dayPartFormat.version},' || coalesce(json_object_agg(key, quantity::text), '{}') || ']'
    FROM (
      SELECT CASE WHEN place > ${apiBounds.seriesValuesMax} THEN series || '${otherValue}' ELSE key END AS key,
        sum(quantity) AS quantity
      FROM (
        SELECT key, series, quantity, row_number() OVER (
          PARTITION BY series, key = series || '${otherValue}' ORDER BY came
        ) AS place
        FROM (
          SELECT key, substring(key FROM '^[^${derivedIdMark}]*${derivedIdMark}[^${derivedIdMark}]*${derivedIdMark}') AS series,
            sum(value::numeric) AS quantity, min(came) AS came
          FROM (
            SELECT 0 AS came, key, value FROM json_each_text(day_parts.body::json -> 1)
            UNION ALL
            SELECT place, key, value FROM json_each_text(excluded.body::json -> 1) WITH ORDINALITY AS added (key, value, place)
          ) AS sums
          GROUP BY key
        ) AS summed
      ) AS placed
      GROUP BY 1
    ) AS kept
  )`;

const foldCellsSql = `
  WITH given AS (
    SELECT a AS account_id, d AS day, m AS metric, k AS dimension, v AS value, sum(q) AS quantity, min(n) AS first
    FROM ROWS FROM (json_to_recordset($1) AS (a text, d integer, m text, k text, v text, q numeric))
      WITH ORDINALITY AS part (a, d, m, k, v, q, n)
    GROUP BY 1, 2, 3, 4, 5
  ), looked_up AS (
    SELECT given.*, given.dimension <> '' AND stored.value IS NULL AS is_new
    FROM given LEFT JOIN LATERAL (
      SELECT value FROM cells
      WHERE cells.account_id = given.account_id AND cells.metric = given.metric
        AND cells.dimension = given.dimension AND cells.day = given.day AND cells.value = given.value
      LIMIT 1
    ) AS stored ON true
  ), ranked AS (
    SELECT *, CASE WHEN is_new THEN
      count(*) FILTER (WHERE is_new) OVER (PARTITION BY account_id, day, metric, dimension ORDER BY first)
      + (
        SELECT count(*) FROM cells
        WHERE cells.account_id = looked_up.account_id AND cells.metric = looked_up.metric
          AND cells.dimension = looked_up.dimension AND cells.day = looked_up.day
      )
    ELSE 0 END AS rank
    FROM looked_up
  ), kept AS (
    SELECT account_id, metric, dimension, day,
      CASE WHEN rank > ${apiBounds.seriesValuesMax} THEN '${otherValue}' ELSE value END AS value, sum(quantity) AS quantity
    FROM ranked GROUP BY 1, 2, 3, 4, 5
  ), summed AS (
    SELECT kept.*, abs(kept.quantity + coalesce(stored.quantity, 0)) <= ${integerMax} AS fits
    FROM kept LEFT JOIN LATERAL (
      SELECT quantity FROM cells
      WHERE cells.account_id = kept.account_id AND cells.metric = kept.metric
        AND cells.dimension = kept.dimension AND cells.day = kept.day AND cells.value = kept.value
      LIMIT 1
    ) AS stored ON true
  ), left_out AS (
    INSERT INTO set_aside (account_id, noun, reason, body)
    SELECT account_id, 'rollup cell', 'The sum is more than a rollup holds.',
      json_build_object('day', day, 'metric', metric, 'dimension', dimension, 'value', value, 'quantity', quantity::text)
    FROM summed WHERE NOT fits
  )
  INSERT INTO cells (account_id, metric, dimension, day, value, quantity)
  SELECT account_id, metric, dimension, day, value, quantity::bigint FROM summed WHERE fits
  ON CONFLICT (account_id, metric, dimension, day, value) DO UPDATE
    SET quantity = (SELECT sum(part) FROM (VALUES (cells.quantity), (excluded.quantity)) AS parts (part))`;
