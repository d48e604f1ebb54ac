import type { QueryConfig } from 'pg';
import { limits } from '../../contract/limits.ts';
import type { UsageCell } from '../../domain/state.ts';
import { amountToJson } from '../codec/json-amount.ts';
import type { Writes } from '../store.ts';
import { sumCells } from '../sum-cells.ts';
import type { LoadedBatch } from './load-rows.ts';

/**
 * A debit adds to half a dozen cells, and to update each of them in its table would be most of what it costs. So a
 * transaction inserts one row an account with all that it adds, and every so many revisions of an account the
 * transaction folds the rows that are there into the table. Reads take both.
 */
const revisionsPerFold = 64;

export interface CellAdditions {
  readonly rows: readonly object[];
  /** Accounts whose additions are folded in this transaction. */
  readonly due: readonly string[];
}

export function cellAdditions(writes: Writes, loaded: LoadedBatch): CellAdditions {
  const byAccount = new Map<string, UsageCell[]>();
  for (const cell of sumCells(writes.cells ?? [])) {
    const cells = byAccount.get(cell.accountId);
    if (cells === undefined) byAccount.set(cell.accountId, [cell]);
    else cells.push(cell);
  }
  const changed = new Set(writes.accounts?.map((state) => state.profile.id));
  const rows: object[] = [];
  const due: string[] = [];
  for (const [accountId, cells] of byAccount) {
    rows.push({ a: accountId, b: encodeCells(cells) });
    // Without a new revision there is nothing to count by.
    const revision = loaded.revisions.get(accountId) ?? 0;
    if (revision % revisionsPerFold === 0 || !changed.has(accountId)) due.push(accountId);
  }
  return { rows, due };
}

function encodeCells(cells: readonly UsageCell[]): string {
  return JSON.stringify(
    cells.map(({ day, metric, dimension, value, quantity }) => ({
      d: day,
      m: metric,
      k: dimension,
      v: value,
      q: amountToJson(quantity),
    })),
  );
}

/** The parts of an addition, in order. */
const partsSql = `
  ROWS FROM (json_to_recordset(body::json) AS (d integer, m text, k text, v text, q bigint))
  WITH ORDINALITY AS part (d, m, k, v, q, n)`;

/** Cells of one series: the table's, then what is to be added to them, oldest first. */
export const readCellsSql = `
  SELECT day, value, quantity FROM (
    SELECT day, value, quantity, 0 AS id, 0 AS n FROM cells
    WHERE account_id = $1 AND metric = $2 AND dimension = $3 AND day >= $4 AND day < $5
    UNION ALL
    SELECT d, v, q, id, n FROM cell_additions CROSS JOIN LATERAL ${partsSql}
    WHERE account_id = $1 AND m = $2 AND k = $3 AND d >= $4 AND d < $5
  ) AS parts
  ORDER BY id, n`;

/**
 * Folds all additions of the accounts, which are locked. A value that is new on a day which has as many as it may goes
 * to that day's `other`. Sums are SUM's, which is exact. Each look-up is by the whole key: LIMIT keeps the planner from
 * reading the table at once instead.
 */
export function foldCells(accountIds: readonly string[]): QueryConfig {
  return { name: 'fold_cells', text: foldCellsSql, values: [accountIds] };
}

const foldCellsSql = `
  WITH folded AS (
    DELETE FROM cell_additions WHERE account_id = ANY($1) RETURNING account_id, id, body
  ), given AS (
    SELECT account_id, d AS day, m AS metric, k AS dimension, v AS value, sum(q) AS quantity, min(ARRAY[id, n]) AS first
    FROM folded CROSS JOIN LATERAL ${partsSql}
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
      CASE WHEN rank > ${limits.seriesValuesMax} THEN 'other' ELSE value END AS value, sum(quantity)::bigint AS quantity
    FROM ranked GROUP BY 1, 2, 3, 4, 5
  )
  INSERT INTO cells (account_id, metric, dimension, day, value, quantity)
  SELECT account_id, metric, dimension, day, value, quantity FROM kept
  ON CONFLICT (account_id, metric, dimension, day, value) DO UPDATE
    SET quantity = (SELECT sum(part) FROM (VALUES (cells.quantity), (excluded.quantity)) AS parts (part))`;
