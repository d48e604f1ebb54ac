import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RunningServer, serve } from '../../../server/src/node/server/serve.ts';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import type { ChangedAccounts } from '../../../server/src/store/store.ts';
import { longPatience } from '../../support/patience.ts';
import { type ReplicatedPostgres, startReplicatedPostgres } from '../../support/replicated-postgres.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

const secretKey = 'sk_test_only-for-the-standby-drill';

let database: ReplicatedPostgres;
let primary: RunningServer;

beforeAll(async () => {
  database = await startReplicatedPostgres();
  primary = await serve({
    port: 0,
    databaseUrl: database.url,
    catalog: smallCatalogConfig,
    secretKeys: [secretKey],
  });
}, 120_000);
afterAll(async () => {
  await primary?.close();
  await database?.stop();
}, 120_000);

const ask = (server: RunningServer, method: string, path: string, body?: object) =>
  fetch(`${server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${secretKey}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

const availableAt = async (server: RunningServer) => {
  const answer = await ask(server, 'GET', '/v1/accounts/acme/credits');
  return answer.status === 200 ? ((await answer.json()) as { available: string }).available : answer.status;
};

it('F20, F22: serve --read-only answers on a hot standby, follows its primary, refuses writes, and reads on after it was promoted', async () => {
  await ask(primary, 'PUT', '/v1/accounts/acme', {});
  const reader = await vi.waitFor(
    () => serve({ port: 0, databaseUrl: database.standbyUrl, secretKeys: [secretKey], readOnly: true }),
    longPatience,
  );
  const store = await createPostgresStore({ url: database.standbyUrl, mayWrite: false });
  try {
    const told: ChangedAccounts[] = [];
    store.subscribe((changed) => told.push(changed));
    await vi.waitFor(async () => expect(await availableAt(reader)).toBe('100'), longPatience);
    expect((await ask(reader, 'GET', '/readyz')).status).toBe(200);
    const findings = ((await (await ask(reader, 'GET', '/v1/doctor')).json()) as { findings: object[] })
      .findings;
    expect(findings).toContainEqual(
      expect.objectContaining({
        check: 'connections',
        level: 'ok',
        detail: expect.stringMatching(/^This is a standby/),
      }),
    );
    const refused = await ask(reader, 'POST', '/v1/accounts/acme/grants', { amount: '5' });
    expect([refused.status, await refused.json()]).toEqual([
      503,
      expect.objectContaining({ code: 'read_only' }),
    ]);
    await reader.app.tick();
    expect((await ask(primary, 'POST', '/v1/accounts/acme/grants', { amount: '5' })).status).toBe(201);
    await vi.waitFor(async () => expect(await availableAt(reader)).toBe('105'), longPatience);
    await vi.waitFor(() => expect(told).toContain('all'), longPatience);
    await database.failOver();
    expect(await availableAt(reader)).toBe('105');
    const toldBefore = told.length;
    await vi.waitFor(
      async () =>
        expect((await ask(primary, 'POST', '/v1/accounts/acme/grants', { amount: '5' })).status).toBe(201),
      longPatience,
    );
    await vi.waitFor(async () => expect(await availableAt(reader)).toBe('110'), longPatience);
    await vi.waitFor(() => expect(told.length).toBeGreaterThan(toldBefore), longPatience);
  } finally {
    await store.close();
    await reader.close();
  }
}, 240_000);
