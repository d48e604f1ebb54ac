import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUsageKitMock, defaultCatalog, fetchAt, scenarios } from '@usagekit/react/testing';
import { handlers } from '@usagekit/react/testing/msw';
import { listen } from '@usagekit/react/testing/playwright';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { accountOf, runScenario } from '../../../sdk/src/testing/engine/engine.ts';
import { createSeededRandom } from '../../../sdk/src/testing/platform/seeded-random.ts';
import { planScenario } from '../../../sdk/src/testing/scenarios/plan-scenario.ts';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { operationOf, problemsOf, undescribed } from '../../support/described-calls.ts';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { type Answered, answersThrough, calls } from './calls.ts';
import { throughRoute } from './through-route.ts';

const base = 'https://usage.test';
const nowMs = Date.parse('2026-11-20T12:00:00.000Z');
const setUp = () => createUsageKitMock({ afterEach: onTestFinished });

let expected: Answered[];
beforeAll(async () => {
  const mock = createUsageKitMock();
  expected = await answersThrough(mock.fetch, base, mock);
  await mock.assertInvariants();
});

describe('F27: the mock cannot drift', () => {
  it('is asked 150 times and more, by every role, with mistakes, refusals and a stream among it', () => {
    expect(expected.length).toBeGreaterThanOrEqual(150);
    const statuses = new Set(expected.map(({ status }) => status));
    expect([...statuses].sort()).toEqual(
      expect.arrayContaining([200, 201, 400, 401, 402, 403, 404, 405, 409, 422, 503]),
    );
    expect(expected.at(-1)?.body).toMatchObject([{ type: 'hello' }, { type: 'change' }]);
    expect(calls.length).toBeGreaterThanOrEqual(149);
  });

  it('answers everything as the OpenAPI document describes', () => {
    const problems = expected.flatMap(({ call, status, type, body }) => {
      const [method = '', path = ''] = call.split(' ');
      if (undescribed.test(path) || !type?.includes('json')) return [];
      const operation = operationOf({ method, path });
      if (operation === undefined)
        return status === 404 || status === 405 ? [] : [`${call} is not described`];
      const content = operation.responses[status]?.content ?? operation.responses.default?.content;
      const described = content?.[type];
      if (described === undefined) return [`${call} is not described with ${status} ${type}`];
      // What a visitor is told says nothing, so that it is the same for everybody, and is no problem of the table.
      if (call.endsWith('as visitor') && status === 503) {
        expect(body).toEqual({
          type: 'about:blank',
          title: 'Not available',
          status: 503,
          detail: 'This is not available at the moment.',
        });
        return [];
      }
      const isProblem = typeof body === 'object' && body !== null && 'code' in body;
      // The id was taken out for comparing.
      const whole = isProblem ? { ...body, requestId: 'r' } : body;
      return problemsOf(described.schema.$ref, whole).map((problem) => `${call}: ${problem}`);
    });
    expect(problems).toEqual([]);
  });

  it('answers the same in MSW', async () => {
    const mock = setUp();
    const server = setupServer(...handlers(mock, base));
    server.listen();
    onTestFinished(async () => {
      await server.close();
    });
    expect(await answersThrough(fetch, base, mock)).toEqual(expected);
  });

  it('answers the same as a fetch', async () => {
    const mock = setUp();
    expect(await answersThrough(fetchAt(mock, base), base, mock)).toEqual(expected);
  });

  it('answers the same on a port', async () => {
    const mock = setUp();
    const { url, close } = await listen(mock);
    onTestFinished(close);
    expect(await answersThrough(fetch, url, mock)).toEqual(expected);
  });

  it('answers the same through Playwright’s route, streams apart, which an end-to-end test reads in a page', async () => {
    const mock = setUp();
    const routed = await throughRoute(mock, base);
    expect((await answersThrough(routed, base, mock)).slice(0, -1)).toEqual(expected.slice(0, -1));
  });
});

describe('F27: the server answers as the mock does', () => {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-calls-'));
  let postgres: PostgresServer;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 120_000);
  afterAll(async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The mock's scenario, lived through on another store. */
  async function answersOn(store: Store): Promise<Answered[]> {
    const planned = planScenario([scenarios.healthy], { catalog: defaultCatalog, nowMs });
    const engine = await runScenario(planned, {
      nowMs,
      account: {},
      random: createSeededRandom(1),
      log: () => undefined,
      store,
    });
    const { app, backend } = engine;
    const account = accountOf(engine, {
      accountId: 'acme',
      catalog: defaultCatalog,
      wait: async () => undefined,
      change: (run) => run(),
    });
    const answered = await answersThrough((input, init) => app.fetch(new Request(input, init)), base, {
      secretKey: 'sk_test_usagekit_mock_0000000000000000',
      tokenFor: ({ role = 'owner' } = {}) =>
        backend.makeToken({ accountId: 'acme', ...(role === 'visitor' ? {} : { memberId: role }) }),
      account: () => account,
    });
    await app.close();
    await store.close();
    return answered;
  }

  it('on SQLite', async () => {
    expect(await answersOn(createSqliteStore({ file: join(folder, 'calls.db') }))).toEqual(expected);
  }, 120_000);

  it('on PostgreSQL', async () => {
    const store = await createPostgresStore({ url: await postgres.freshUrl(), connectionsMax: 6 });
    expect(await answersOn(store)).toEqual(expected);
  }, 120_000);
});
