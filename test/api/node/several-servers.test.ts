import type { ConsumeAnswer, Credits } from '@usagekit/server/contract';
import { type RunningServer, serve } from '@usagekit/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../support/postgres-server.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

const key = 'sk_test_for-several-servers-on-one-database';
let postgres: PostgresServer;
let here: RunningServer;
let there: RunningServer;

beforeAll(async () => {
  postgres = await startPostgres();
  const databaseUrl = await postgres.freshUrl();
  here = await serve({ port: 0, databaseUrl, catalog: smallCatalogConfig, secretKeys: [key] });
  there = await serve({ port: 0, databaseUrl, secretKeys: [key] });
}, 60_000);
afterAll(async () => {
  await Promise.all([here.close(), there.close()]);
  await postgres.stop();
});

async function send<Body>(
  { url }: RunningServer,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
}

const consume = (server: RunningServer, idempotencyKey: string) =>
  send<ConsumeAnswer>(
    server,
    'POST',
    '/v1/consume',
    { accountId: 'acme', items: [{ tool: 'search', calls: 1 }] },
    { 'idempotency-key': idempotencyKey },
  );

describe('several servers on one PostgreSQL', { timeout: 60_000 }, () => {
  it('F14: need one setting, and share catalog, accounts and the secret of tokens', async () => {
    await send(here, 'PUT', '/v1/accounts/acme', {});
    await send(here, 'PUT', '/v1/accounts/acme/members/mia', { role: 'owner' });
    const { body } = await send<{ token: string }>(here, 'POST', '/v1/tokens', {
      accountId: 'acme',
      memberId: 'mia',
    });
    const seen = await send<{ plans: { id: string }[] }>(there, 'GET', '/v1/catalog', undefined, {
      authorization: `Bearer ${body.token}`,
    });
    expect(seen.body.plans.map(({ id }) => id)).toEqual(['free', 'pro']);
  });

  it('F1: admit exactly what there are credits for, and give the same answer for one key whoever is asked', async () => {
    const asked = Array.from({ length: 120 }, (_, index) =>
      consume(index % 2 === 0 ? here : there, `k-${index}`),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
    expect(answers.filter(({ status }) => status === 402)).toHaveLength(70);
    const admitted = answers.findIndex(({ status }) => status === 200);
    for (const server of [here, there]) {
      const replayed = await consume(server, `k-${admitted}`);
      expect(replayed.headers.get('idempotent-replayed')).toBe('true');
      expect(replayed.body).toEqual(answers[admitted]?.body);
      expect((await send<Credits>(server, 'GET', '/v1/accounts/acme/credits')).body.available).toBe('0');
    }
  });

  it('F5: tell a stream at one of them what changed at the other', async () => {
    const { body } = await send<{ token: string }>(there, 'POST', '/v1/tokens', {
      accountId: 'acme',
      memberId: 'mia',
    });
    const response = await fetch(`${there.url}/v1/accounts/acme/stream`, {
      headers: { authorization: `Bearer ${body.token}` },
    });
    const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
    const decoder = new TextDecoder();
    let text = '';
    const until = async (pattern: RegExp) => {
      while (!pattern.test(text)) {
        const part = await reader.read();
        if (part.done) throw new Error(`The stream ended with ${text}`);
        text += decoder.decode(part.value, { stream: true });
      }
    };
    await until(/"hello"/);
    await send(here, 'POST', '/v1/accounts/acme/grants', { amount: '7' }, { 'idempotency-key': 'gift' });
    await until(/"change".*"available":"7"/);
    await reader.cancel();
  });
});
