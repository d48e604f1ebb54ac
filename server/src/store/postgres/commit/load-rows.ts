import type { PoolClient, QueryResult } from 'pg';
import { membersSql } from '../../codec/account-codec.ts';
import {
  chargeCodec,
  holdCodec,
  invoiceCodec,
  memberCodec,
  noticeCodec,
  purchaseCodec,
  taskCodec,
} from '../../codec/record-codec.ts';
import type { ItemMap } from '../../parts/item-map.ts';
import { LoadedRows, readable, Unreadable } from '../../parts/loaded-rows.ts';
import { accountOf } from '../../sql/account-row.ts';
import { numberColumn, type Row, textColumn } from '../../sql/columns.ts';
import type { AccountItem, Needs } from '../../store.ts';
import { allSettledOrThrow } from './all-settled.ts';
import type { KnownAccount } from './known-account.ts';
import type { ItemKind } from './known-items.ts';
import { decodePendingCells } from './pending-cells.ts';

export interface LoadedBatch {
  readonly rows: LoadedRows;
  /** Those of the accounts that exist and can be read. */
  readonly accounts: ReadonlyMap<string, KnownAccount>;
  /** Ids of accounts that do not exist. */
  readonly missing: readonly string[];
}

/**
 * Begins a transaction, locks the accounts in the order of their ids, and reads everything that is needed: one round
 * trip. Only a batch with an account that does not exist takes two more, to lock the id itself, so that two processes
 * never make the same account.
 */
export async function beginAndLoad(
  client: PoolClient,
  needs: Needs,
  known: ReadonlyMap<string, KnownAccount>,
  nextReading: () => number,
): Promise<LoadedBatch> {
  const accountIds = [...new Set(needs.accountIds)].sort();
  const begun = client.query('BEGIN');
  const [, first] = await allSettledOrThrow([begun, load(client, accountIds, needs, known, nextReading)]);
  const { missing } = first;
  if (missing.length === 0) return first;
  const locked = client.query({ name: 'lock_ids', text: lockIdsSql, values: [missing] });
  const [, second] = await allSettledOrThrow([locked, load(client, accountIds, needs, known, nextReading)]);
  return second;
}

/** Which of the accounts somebody else holds at this moment. */
export async function heldAccounts(client: PoolClient, accountIds: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<Row>(heldSql, [accountIds]);
  return rows.map((row) => textColumn(row, 'account_id'));
}

async function load(
  client: PoolClient,
  accountIds: readonly string[],
  needs: Needs,
  known: ReadonlyMap<string, KnownAccount>,
  nextReading: () => number,
): Promise<LoadedBatch> {
  // All statements are sent before the first answer arrives. The accounts come first: rows read after the accounts are locked are
  // those that the previous holder of the locks left.
  const ask = (name: string, text: string, values: unknown[]): Promise<QueryResult<Row>> =>
    client.query<Row>({ name, text, values });
  const askItems = (
    name: string,
    text: string,
    items: readonly AccountItem[] = [],
  ): Promise<QueryResult<Row>> | null =>
    items.length === 0
      ? null
      : ask(name, text, [items.map((item) => item.accountId), items.map((item) => item.id)]);
  const answerItems = needs.answers?.map(({ accountId, key }) => ({ accountId, id: key }));
  const [accounts, catalog, answers, members, tasks, holds, events, purchases, invoices, charges, notices] =
    await allSettledOrThrow([
      ask('load_accounts', accountsSql, [accountIds, accountIds.map((id) => known.get(id)?.stamp ?? null)]),
      ask('load_catalog_version', catalogVersionSql, []),
      askItems('load_answers', answersSql, answerItems),
      askItems('load_members', bodiesSql('members'), needs.members),
      askItems('load_tasks', bodiesSql('tasks'), needs.tasks),
      askItems('load_holds', bodiesSql('holds'), needs.holds),
      askItems('load_events', eventsSql, needs.eventIds),
      askItems('load_purchases', bodiesSql('purchases'), needs.purchases),
      askItems('load_invoices', bodiesSql('invoices'), needs.invoices),
      askItems('load_charges', bodiesSql('charges'), needs.charges),
      askItems('load_notices', bodiesSql('notices'), needs.notices),
    ]);

  const rows = new LoadedRows(numberColumn(catalog.rows[0] ?? {}, 'version'));
  const found = new Map<string, KnownAccount>();
  for (const row of accounts.rows) {
    const id = textColumn(row, 'account_id');
    const before = row.profile === null ? known.get(id) : undefined;
    const account = before ?? readable(() => knownAccountOf(id, row, nextReading()));
    if (!(account instanceof Unreadable)) found.set(id, account);
    rows.accounts.set(id, account instanceof Unreadable ? account : account.state);
  }
  const missing = accountIds.filter((id) => !rows.accounts.has(id));
  for (const id of missing) rows.accounts.set(id, undefined);
  fill(rows.answers, answerItems, answers, (row) => ({
    accountId: textColumn(row, 'account_id'),
    key: textColumn(row, 'id'),
    requestHash: textColumn(row, 'request_hash'),
    status: numberColumn(row, 'status'),
    body: textColumn(row, 'body'),
    recordedAtMs: numberColumn(row, 'recorded_at_ms'),
  }));
  fill(rows.members, needs.members, members, (row) =>
    readable(() => memberCodec.decode(textColumn(row, 'body'))),
  );
  fill(rows.tasks, needs.tasks, tasks, (row) => readable(() => taskCodec.decode(textColumn(row, 'body'))));
  fill(rows.holds, needs.holds, holds, (row) => readable(() => holdCodec.decode(textColumn(row, 'body'))));
  fill(rows.events, needs.eventIds, events, (row) => ({
    accountId: textColumn(row, 'account_id'),
    id: textColumn(row, 'id'),
    contentHash: textColumn(row, 'content_hash'),
  }));
  fill(rows.purchases, needs.purchases, purchases, (row) =>
    readable(() => purchaseCodec.decode(textColumn(row, 'body'))),
  );
  fill(rows.invoices, needs.invoices, invoices, (row) =>
    readable(() => invoiceCodec.decode(textColumn(row, 'body'))),
  );
  fill(rows.charges, needs.charges, charges, (row) =>
    readable(() => chargeCodec.decode(textColumn(row, 'body'))),
  );
  fill(rows.notices, needs.notices, notices, (row) =>
    readable(() => noticeCodec.decode(textColumn(row, 'body'))),
  );
  return { rows, accounts: found, missing };
}

function fill<Value>(
  values: ItemMap<Value | undefined>,
  items: readonly AccountItem[] | undefined,
  result: QueryResult<Row> | null,
  fromRow: (row: Row) => Value,
): void {
  for (const { accountId, id } of items ?? []) values.set(accountId, id, undefined);
  for (const row of result?.rows ?? []) {
    values.set(textColumn(row, 'account_id'), textColumn(row, 'id'), fromRow(row));
  }
}

function knownAccountOf(id: string, row: Row, reading: number): KnownAccount {
  return {
    reading,
    stamp: textColumn(row, 'stamp'),
    state: accountOf(row),
    pendingCells: decodePendingCells(id, textColumn(row, 'pending_cells')),
  };
}

export const pgMembersSql = membersSql("coalesce(json_agg(body), '[]')::text");

const heldSql = `
  WITH free AS (SELECT account_id FROM accounts WHERE account_id = ANY($1::text[]) FOR UPDATE SKIP LOCKED)
  SELECT account_id FROM accounts WHERE account_id = ANY($1::text[]) AND account_id NOT IN (SELECT account_id FROM free)`;

const lockIdsSql = `
  SELECT pg_advisory_xact_lock(hashtextextended(id, 0))
  FROM (SELECT unnest($1::text[]) COLLATE "C" AS id ORDER BY 1) AS missing`;

/** The bodies are left out where the process knows this stamp already. */
const accountsSql = `
  SELECT account_id, stamp, version,
    CASE WHEN stamp = known THEN NULL ELSE profile END AS profile,
    CASE WHEN stamp = known THEN NULL ELSE wallet END AS wallet,
    CASE WHEN stamp = known THEN NULL ELSE usage END AS usage,
    CASE WHEN stamp = known THEN NULL ELSE holds END AS holds,
    CASE WHEN stamp = known THEN NULL ELSE rest END AS rest,
    CASE WHEN stamp = known THEN NULL ELSE pending_cells END AS pending_cells,
    ${pgMembersSql}
  FROM unnest($1::text[], $2::bigint[]) AS asked (account_id, known) JOIN accounts USING (account_id)
  ORDER BY account_id
  FOR UPDATE OF accounts`;

const catalogVersionSql = 'SELECT coalesce(max(version), 0) AS version FROM catalogs';

const answersSql = `
  SELECT account_id, key AS id, request_hash, status, body, recorded_at_ms
  FROM unnest($1::text[], $2::text[]) AS asked (account_id, key) JOIN answers USING (account_id, key)`;

const eventsSql = `
  SELECT account_id, id, content_hash
  FROM unnest($1::text[], $2::text[]) AS asked (account_id, id) JOIN event_ids USING (account_id, id)`;

function bodiesSql(table: ItemKind): string {
  return `
    SELECT account_id, id, body
    FROM unnest($1::text[], $2::text[]) AS asked (account_id, id) JOIN ${table} USING (account_id, id)`;
}
