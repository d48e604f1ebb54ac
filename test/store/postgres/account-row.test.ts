import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { putAccount, sampleAccount, sampleCell } from '../account-samples.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Text in which hardly anything repeats. */
function unlikeText(length: number): string {
  let text = '';
  for (let part = 0; text.length < length; part++)
    text += createHash('sha256').update(String(part)).digest('hex');
  return text.slice(0, length);
}

interface RowAsStored {
  /** How each part that uses change is compressed. */
  readonly compressed: (string | null)[];
  /** Bytes of all parts that stand outside of their rows. */
  readonly bytesApart: number;
}

it('F20: writes with each use what it changes of an account alone, uncompressed, however long the settings of the account are', async () => {
  const url = await server.freshUrl();
  const store = await createPostgresStore({ url, connectionsMax: 2 });
  onTestFinished(() => store.close());
  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  const asStored = async (): Promise<RowAsStored | undefined> => {
    const { rows } = await client.query<RowAsStored>(`
      SELECT ARRAY[
          pg_column_compression(wallet), pg_column_compression(usage), pg_column_compression(pending_cells)
        ] AS compressed,
        (SELECT pg_relation_size(reltoastrelid)::integer FROM pg_class WHERE oid = 'accounts'::regclass) AS "bytesApart"
      FROM accounts`);
    return rows[0];
  };
  const state = sampleAccount('a', 1_000_000n);
  await putAccount(store, { ...state, profile: { ...state.profile, name: unlikeText(1_000) } });
  const use = () =>
    store.write({ accountIds: ['a'] }, (loaded) => {
      const before = loaded.account('a');
      if (before === undefined) throw new Error('There is no account.');
      const cells = Array.from({ length: 20 }, (_, index) =>
        sampleCell('a', { dimension: 'model', value: `a-model-with-a-long-name-${index}` }),
      );
      return {
        writes: { accounts: [{ ...before, version: before.version + 1 }], cells },
        result: undefined,
      };
    });
  await use();
  const first = await asStored();
  expect(first?.compressed).toEqual([null, null, null]);
  expect(first?.bytesApart).toBeGreaterThan(0);
  for (let count = 0; count < 30; count++) await use();
  // The settings were not written again.
  expect(await asStored()).toEqual(first);
});
