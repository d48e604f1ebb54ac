import { createApp } from '@usagekit/server/app';
import { Client, Pool } from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { placeOf, prepareConnection } from '../../../server/src/store/postgres/open/connection.ts';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { nowMs, putAccount, sampleAccount } from '../account-samples.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** Makes so many accounts out of one. Nothing falls due in them for very long. */
async function makeIdleAccounts(client: Client, count: number): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = 'accounts'
     AND column_name NOT IN ('account_id', 'due_at_ms', 'profile')`,
  );
  const columns = rows.map(({ name }) => name).join(', ');
  await client.query(
    `INSERT INTO accounts (account_id, due_at_ms, profile, ${columns})
     SELECT 'idle-' || n, 9000000000000, replace(profile, '"template"', '"idle-' || n || '"'), ${columns}
     FROM accounts, generate_series(1, $1::integer) AS n WHERE account_id = 'template'`,
    [count],
  );
  await client.query('ANALYZE accounts');
}

/** A plan and its parts. */
interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly Plans?: readonly Plan[];
}

function partsOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(partsOf)];
}

it('F21, O1: finds what is due by its index at a start and in turns of the scheduler, and opens none of many idle accounts', async () => {
  const url = await server.freshUrl();
  const store = await createPostgresStore({ url, connectionsMax: 3 });
  onTestFinished(() => store.close());
  await putAccount(store, sampleAccount('template'));
  const client = new Client({ connectionString: url });
  await client.connect();
  // As the store does: its statements are planned by the same settings.
  await prepareConnection(client, placeOf(url, undefined));
  onTestFinished(() => client.end());
  await makeIdleAccounts(client, 20_000);
  while (await store.sweepStored());

  const asked: { text: string; values: unknown[] }[] = [];
  const query = Pool.prototype.query as (...given: unknown[]) => unknown;
  const watched = vi.spyOn(Pool.prototype, 'query').mockImplementation(function (
    this: Pool,
    ...given: unknown[]
  ) {
    const [first, values] = given;
    asked.push({
      text: typeof first === 'string' ? first : (first as { text: string }).text,
      values: (values ?? (first as { values?: unknown[] }).values ?? []) as unknown[],
    });
    return query.apply(this, given);
  } as typeof Pool.prototype.query);
  onTestFinished(() => watched.mockRestore());
  const app = createApp({
    store,
    clock: { nowMs: () => nowMs },
    newId: () => crypto.randomUUID(),
    catalog: smallCatalogConfig,
    mode: 'test',
  });
  onTestFinished(() => app.close());
  await app.ready();
  await app.commitDue();
  await app.deliver();
  await app.tick();
  watched.mockRestore();

  const ofAccounts = asked.filter(({ text }) => /^\s*SELECT[^;]*\bFROM accounts\b/.test(text));
  expect(ofAccounts.length).toBeGreaterThan(0);
  for (const { text, values } of ofAccounts) {
    const { rows } = await client.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values);
    const [{ Plan: plan }] = rows[0]['QUERY PLAN'] as [{ Plan: Plan }];
    const read = partsOf(plan).filter((part) => part['Relation Name'] === 'accounts');
    for (const part of read) {
      expect(part['Index Name']).toBeDefined();
      expect(part['Actual Rows']).toBeLessThanOrEqual(1);
    }
  }
});
