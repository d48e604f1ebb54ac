import { type App, createApp } from '@usagekit/server/app';
import type { Notice, Page } from '@usagekit/server/contract';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import type { NoticeTransport } from '../../server/src/app/notices/notice-transport.ts';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const secretKey = 'sk_test_for-two-processes';
const startMs = Date.parse('2026-06-10T12:00:00.000Z');
const hourMs = 3_600_000;

/** What the endpoint got: the ids of the copies, and which process sent each. */
class Endpoint {
  readonly got: { id: string; by: string; atMs: number }[] = [];
  isDown = false;

  transportOf(by: string): NoticeTransport {
    return {
      refuses: () => null,
      post: async ({ id, sentAtMs }) => {
        this.got.push({ id, by, atMs: sentAtMs });
        // As long as an answer takes, so that both processes are at it together if nothing keeps them from it.
        await new Promise((resolve) => setImmediate(resolve));
        return this.isDown ? 'The endpoint answered 503.' : null;
      },
      mail: async () => null,
    };
  }

  countOf(id: string): number {
    return this.got.filter((each) => each.id === id).length;
  }
}

/** Two processes on one database: connections, memory and names of their own, and the same time. */
async function twoProcesses() {
  const url = await postgres.freshUrl();
  const clock = { nowMs: () => nowMs };
  let nowMs = startMs;
  const endpoint = new Endpoint();
  const start = async (name: string) => {
    let ids = 0;
    const store = await createPostgresStore({ url, connectionsMax: 4 });
    const app = createApp({
      store,
      clock,
      newId: () => `${name}-${(ids++).toString().padStart(6, '0')}`,
      catalog: smallCatalogConfig,
      secretKeys: [secretKey],
      tokenSecret: 'a secret for these tests only',
      notices: endpoint.transportOf(name),
    });
    let isOpen = true;
    const stop = async () => {
      if (!isOpen) return;
      isOpen = false;
      await app.close();
      await store.close();
    };
    onTestFinished(stop);
    return { app, stop };
  };
  const [first, second] = [await start('first'), await start('second')];
  return {
    url,
    endpoint,
    first,
    second,
    advance: (ms: number) => {
      nowMs += ms;
    },
    nowMs: () => nowMs,
  };
}

async function send<Body>(app: App, method: string, path: string, body?: object): Promise<Body> {
  const response = await app.fetch(
    new Request(`http://usage.test${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secretKey}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );
  const answer = await response.text();
  expect(response.status, answer).toBeLessThan(300);
  return JSON.parse(answer);
}

/** Runs both processes' outboxes until neither has anything that is due. */
async function deliver(apps: readonly App[], nowMs: number): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    await Promise.all(apps.map((app) => app.deliver()));
    const notices = await noticesOf(apps.at(-1));
    const waits = notices.some(
      ({ deliveries }) =>
        deliveries.length === 0 ||
        deliveries.some(({ nextAttemptAt }) => nextAttemptAt !== null && Date.parse(nextAttemptAt) <= nowMs),
    );
    if (!waits) return;
  }
  throw new Error('Something is still due');
}

async function noticesOf(app: App | undefined): Promise<Notice[]> {
  if (app === undefined) throw new Error('No process is left');
  return (await send<Page<Notice>>(app, 'GET', '/v1/notices?limit=200')).items;
}

/** As many accounts as told. Each has used all but a tenth of its credits; half of them by each process. */
async function runLow(apps: readonly App[], accounts: number): Promise<void> {
  await Promise.all(
    Array.from({ length: accounts }, async (_, index) => {
      const app = apps[index % apps.length];
      if (app === undefined) throw new Error('No process');
      const accountId = `acme-${index}`;
      await send(app, 'PUT', `/v1/accounts/${accountId}`, {});
      await send(app, 'POST', '/v1/consume', { accountId, items: [{ tool: 'search', calls: 45 }] });
    }),
  );
}

it('D6, L144: sends each notice once while two processes look for what is due, and by the other when one is gone', async () => {
  const { url, endpoint, first, second, nowMs } = await twoProcesses();
  await send(first.app, 'PUT', '/v1/webhook-endpoints/main', { url: 'https://hooks.example.com/usage' });
  await runLow([first.app, second.app], 24);
  await deliver([first.app, second.app], nowMs());
  const ids = (await noticesOf(second.app)).map(({ webhookId }) => webhookId);
  expect(new Set(ids).size).toBe(24);
  for (const id of ids) expect(endpoint.countOf(id)).toBe(1);
  expect(new Set(endpoint.got.map(({ by }) => by)).size).toBe(1);

  const sender = endpoint.got[0]?.by === 'first' ? first : second;
  const other = sender === first ? second : first;
  await sender.stop();
  await send(other.app, 'PUT', '/v1/accounts/late', {});
  await send(other.app, 'POST', '/v1/consume', { accountId: 'late', items: [{ tool: 'search', calls: 45 }] });
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rowCount } = await client.query(
    "UPDATE leases SET until = clock_timestamp() - interval '1 second'",
  );
  await client.end();
  expect(rowCount).toBeGreaterThan(0);
  await deliver([other.app], nowMs());
  expect(endpoint.got).toHaveLength(25);
});

it('L145: tries for three days by a test clock, once each time whichever process it is, and sends again what is replayed', async () => {
  const { endpoint, first, second, advance, nowMs } = await twoProcesses();
  const apps = [first.app, second.app];
  await send(first.app, 'PUT', '/v1/webhook-endpoints/main', { url: 'https://hooks.example.com/usage' });
  await runLow(apps, 2);
  endpoint.isDown = true;
  for (let hours = 0; hours <= 80; hours++) {
    await deliver(apps, nowMs());
    advance(hourMs);
  }
  const dead = (await send<Page<Notice>>(second.app, 'GET', '/v1/notices?status=dead')).items;
  expect(dead).toHaveLength(2);
  for (const { webhookId } of dead) {
    const attempts = endpoint.got.filter(({ id }) => id === webhookId);
    expect(attempts).toHaveLength(10);
    const spanMs = (attempts.at(-1)?.atMs ?? 0) - (attempts[0]?.atMs ?? 0);
    expect(spanMs).toBeGreaterThan(2.5 * 24 * hourMs);
    expect(spanMs).toBeLessThanOrEqual(3.5 * 24 * hourMs);
  }

  endpoint.isDown = false;
  const [replayed] = dead;
  await send(first.app, 'POST', `/v1/accounts/${replayed?.accountId}/notices/${replayed?.id}/replay`);
  await deliver(apps, nowMs());
  expect(endpoint.countOf(replayed?.webhookId ?? '')).toBe(11);
  expect(await noticesOf(second.app)).toContainEqual(
    expect.objectContaining({
      id: replayed?.id,
      deliveries: [expect.objectContaining({ status: 'delivered', attempts: 1 })],
    }),
  );
  expect((await send<Page<Notice>>(first.app, 'GET', '/v1/notices?status=dead')).items).toHaveLength(1);
});
