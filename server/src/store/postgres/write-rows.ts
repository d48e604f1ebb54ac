import type { PoolClient, QueryResult } from 'pg';
import { encodeAccount } from '../codec/account-codec.ts';
import { encodeEntry } from '../codec/entry-codec.ts';
import { activityCodec, holdCodec, memberCodec, purchaseCodec, taskCodec } from '../codec/record-codec.ts';
import { encodeUsage } from '../codec/usage-codec.ts';
import type { Writes } from '../store.ts';
import { cellAdditions, foldCells } from './cell-additions.ts';
import { allSettledOrThrow, type LoadedBatch } from './load-rows.ts';

/**
 * Writes everything and commits: one round trip. Each table gets its rows as one JSON parameter; a statement that
 * fails makes the commit a rollback.
 */
export async function writeAndCommit(client: PoolClient, writes: Writes, loaded: LoadedBatch): Promise<void> {
  const sent: Promise<QueryResult>[] = [];
  const send = (name: string, text: string, rows: readonly object[]): void => {
    if (rows.length > 0) sent.push(client.query({ name, text, values: [JSON.stringify(rows)] }));
  };
  const { changed, added } = accountRows(writes, loaded);
  send('change_accounts', changeAccountsSql, changed);
  send('add_accounts', addAccountsSql, added);
  send(
    'add_entries',
    `INSERT INTO entries (account_id, seq, id, body)
     SELECT a, s, i, b FROM json_to_recordset($1) AS r (a text, s bigint, i text, b text)`,
    (writes.entries ?? []).map((entry) => ({
      a: entry.accountId,
      s: entry.seq,
      i: entry.id,
      b: encodeEntry(entry),
    })),
  );
  send(
    'add_usage',
    `INSERT INTO usage (account_id, at_ms, id, body)
     SELECT a, t, i, b FROM json_to_recordset($1) AS r (a text, t bigint, i text, b text)`,
    (writes.usage ?? []).map((usage) => ({
      a: usage.accountId,
      t: usage.atMs,
      i: usage.id,
      b: encodeUsage(usage),
    })),
  );
  const additions = cellAdditions(writes, loaded);
  send(
    'add_cell_additions',
    `INSERT INTO cell_additions (account_id, body)
     SELECT a, b FROM json_to_recordset($1) AS r (a text, b text)`,
    additions.rows,
  );
  if (additions.due.length > 0) sent.push(client.query(foldCells(additions.due)));
  send(
    'add_answers',
    `INSERT INTO answers (account_id, key, request_hash, status, body, recorded_at_ms)
     SELECT a, k, h, s, b, t
     FROM json_to_recordset($1) AS r (a text, k text, h text, s integer, b text, t bigint)`,
    (writes.answers ?? []).map((answer) => ({
      a: answer.accountId,
      k: answer.key,
      h: answer.requestHash,
      s: answer.status,
      b: answer.body,
      t: answer.recordedAtMs,
    })),
  );
  send(
    'add_event_ids',
    `INSERT INTO event_ids (account_id, id, content_hash)
     SELECT a, i, h FROM json_to_recordset($1) AS r (a text, i text, h text)`,
    (writes.eventIds ?? []).map((event) => ({ a: event.accountId, i: event.id, h: event.contentHash })),
  );
  send(
    'put_members',
    `INSERT INTO members (account_id, id, body)
     SELECT a, i, b FROM json_to_recordset($1) AS r (a text, i text, b text)
     ON CONFLICT (account_id, id) DO UPDATE SET body = excluded.body`,
    (writes.members ?? []).map((member) => ({
      a: member.accountId,
      i: member.id,
      b: memberCodec.encode(member),
    })),
  );
  send(
    'put_holds',
    `INSERT INTO holds (account_id, id, created_at_ms, body)
     SELECT a, i, t, b FROM json_to_recordset($1) AS r (a text, i text, t bigint, b text)
     ON CONFLICT (account_id, id) DO UPDATE SET created_at_ms = excluded.created_at_ms, body = excluded.body`,
    (writes.holds ?? []).map((hold) => ({
      a: hold.accountId,
      i: hold.id,
      t: hold.createdAtMs,
      b: holdCodec.encode(hold),
    })),
  );
  send(
    'put_tasks',
    `INSERT INTO tasks (account_id, id, created_at_ms, status, agent_id, member_id, body)
     SELECT a, i, t, s, g, m, b
     FROM json_to_recordset($1) AS r (a text, i text, t bigint, s text, g text, m text, b text)
     ON CONFLICT (account_id, id) DO UPDATE SET created_at_ms = excluded.created_at_ms, status = excluded.status,
       agent_id = excluded.agent_id, member_id = excluded.member_id, body = excluded.body`,
    (writes.tasks ?? []).map((task) => ({
      a: task.accountId,
      i: task.id,
      t: task.createdAtMs,
      s: task.status,
      g: task.dimensions.agentId ?? null,
      m: task.dimensions.memberId ?? null,
      b: taskCodec.encode(task),
    })),
  );
  send(
    'put_purchases',
    `INSERT INTO purchases (account_id, id, created_at_ms, status, body)
     SELECT a, i, t, s, b FROM json_to_recordset($1) AS r (a text, i text, t bigint, s text, b text)
     ON CONFLICT (account_id, id) DO UPDATE SET created_at_ms = excluded.created_at_ms, status = excluded.status,
       body = excluded.body`,
    (writes.purchases ?? []).map((purchase) => ({
      a: purchase.accountId,
      i: purchase.id,
      t: purchase.createdAtMs,
      s: purchase.status,
      b: purchaseCodec.encode(purchase),
    })),
  );
  send(
    'add_activity',
    `INSERT INTO activity (account_id, at_ms, id, body)
     SELECT a, t, i, b FROM json_to_recordset($1) AS r (a text, t bigint, i text, b text)`,
    (writes.activity ?? []).map((each) => ({
      a: each.accountId,
      t: each.atMs,
      i: each.id,
      b: activityCodec.encode(each),
    })),
  );
  sent.push(client.query('COMMIT'));
  await allSettledOrThrow(sent);
}

/** The revision that an account gets by being written. */
export function nextRevision(accountId: string, { revisions }: LoadedBatch): number {
  return (revisions.get(accountId) ?? 0) + 1;
}

function accountRows(writes: Writes, loaded: LoadedBatch): { changed: object[]; added: object[] } {
  const changed: object[] = [];
  const added: object[] = [];
  for (const state of writes.accounts ?? []) {
    const { id } = state.profile;
    const { profile, wallet, usage, holds, rest } = encodeAccount(state, loaded.rows.account(id));
    const row = {
      a: id,
      r: nextRevision(id, loaded),
      v: state.version,
      p: profile,
      w: wallet,
      u: usage,
      h: holds,
      o: rest,
    };
    (loaded.revisions.has(id) ? changed : added).push(row);
  }
  return { changed, added };
}

const accountRecord = 'given (a text, r bigint, v bigint, p text, w text, u text, h text, o text)';

/** Parts that did not change are left out of the JSON and arrive as null. */
const changeAccountsSql = `
  UPDATE accounts SET revision = r, version = v, changed_at = clock_timestamp(),
    profile = coalesce(p, profile), wallet = coalesce(w, wallet), usage = coalesce(u, usage),
    holds = coalesce(h, holds), rest = coalesce(o, rest)
  FROM json_to_recordset($1) AS ${accountRecord}
  WHERE account_id = a`;

const addAccountsSql = `
  INSERT INTO accounts (account_id, revision, version, profile, wallet, usage, holds, rest)
  SELECT a, r, v, p, w, u, h, o FROM json_to_recordset($1) AS ${accountRecord}`;
