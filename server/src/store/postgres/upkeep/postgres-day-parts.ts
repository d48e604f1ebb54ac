import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import type { Eraser } from '../../../domain/erasures/eraser.ts';
import { type PartSums, partSumsOf } from '../../../domain/usage/day-parts.ts';
import { erasedDayPart, sumsOfDayPart } from '../../codec/day-part-codec.ts';
import { erasedRowsMax } from '../../erasures/erase-steps.ts';
import { usageKeyOf } from '../../erasures/erased-tables.ts';
import { inSlices } from '../../in-slices.ts';
import { type BroughtUse, broughtUse } from '../../parts/day-part-sweep.ts';
import { numberColumn, type Row, textColumn } from '../../sql/columns.ts';
import { foldDayParts } from '../commit/pending-cells.ts';

/**
 * Brings uses that an earlier version stored into the parts of their days, within a transaction of the caller's. Uses that somebody
 * changed since they were read stay as they are.
 */
export async function bringUses(client: PoolClient, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = [...new Set(rows.map((row) => textColumn(row, 'account_id')))];
  const { rows: accounts } = await client.query<Row>(
    'SELECT account_id, profile FROM accounts WHERE account_id = ANY($1::text[]) ORDER BY account_id FOR UPDATE',
    [ids],
  );
  const profiles = new Map(
    accounts.map((row) => [textColumn(row, 'account_id'), textColumn(row, 'profile')]),
  );
  const uses: BroughtUse[] = [];
  const bring = (row: Row) => {
    const key = usageKeyOf(row);
    return broughtUse(key, textColumn(row, 'body'), profiles.get(key.accountId));
  };
  for await (const slice of inSlices(rows, { nextTurn }, bring))
    for (const brought of slice) if (brought !== null) uses.push(brought);
  if (uses.length === 0) return;
  const { rows: changed } = await client.query<Row>(bringUsesSql, [
    uses.map(({ key }) => key.accountId),
    uses.map(({ key }) => key.atMs),
    uses.map(({ key }) => key.id),
    uses.map(({ old }) => old),
    uses.map(({ body }) => body),
  ]);
  const names = new Set(changed.map((row) => nameOf(usageKeyOf(row))));
  const cells = uses.filter(({ key }) => names.has(nameOf(key))).flatMap((use) => use.cells);
  const parts = partSumsOf(cells);
  if (parts.length > 0) await client.query(foldDayParts(parts));
}

const bringUsesSql = `
  UPDATE usage SET body = new_body
  FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[]) AS given (a, t, i, old_body, new_body)
  WHERE account_id = a AND at_ms = t AND id = i AND body = old_body
  RETURNING account_id, at_ms, id`;

function nameOf(key: { readonly accountId: string; readonly atMs: number; readonly id: string }): string {
  return JSON.stringify([key.accountId, key.atMs, key.id]);
}

/** Where an erasure goes on in the parts of an account; null for the first ones. */
export type DayPartPlace = readonly [part: string, day: number];

/** Erases a slice of an account's parts, within a transaction of the caller's that has the account locked. */
export async function eraseDayParts(
  client: PoolClient,
  accountId: string,
  eraser: Eraser,
  after: DayPartPlace | null,
): Promise<{ readonly replaced: number; readonly last: DayPartPlace | null }> {
  const { rows } = await client.query<Row>(
    `SELECT part, day, body FROM day_parts WHERE account_id = $1 AND (part, day) > ($2, $3)
     ORDER BY part, day LIMIT ${erasedRowsMax}`,
    [accountId, after?.[0] ?? '', after?.[1] ?? -1],
  );
  const parts: PartSums[] = [];
  const erase = (row: Row) => {
    const before = { part: textColumn(row, 'part'), body: textColumn(row, 'body') };
    return { day: numberColumn(row, 'day'), before, erased: erasedDayPart(eraser, before) };
  };
  for await (const slice of inSlices(rows, { nextTurn }, erase)) {
    for (const { day, before, erased } of slice) {
      if (erased === before) continue;
      await client.query('DELETE FROM day_parts WHERE account_id = $1 AND part = $2 AND day = $3', [
        accountId,
        before.part,
        day,
      ]);
      parts.push({ accountId: eraser.accountId, day, part: erased.part, sums: sumsOfDayPart(erased.body) });
    }
  }
  // One at a time: two parts may have become one.
  for (const sums of parts) await client.query(foldDayParts([sums]));
  const last = rows.at(-1);
  const isEnd = last === undefined || rows.length < erasedRowsMax;
  return {
    replaced: parts.length,
    last: isEnd ? null : [textColumn(last, 'part'), numberColumn(last, 'day')],
  };
}
