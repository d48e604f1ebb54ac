import type { CreatedKey, Summary } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../support/test-server.ts';

async function extensionOf(server: TestServer, memberId: string): Promise<string> {
  const request = { kind: 'extension', accountId: 'acme', memberId };
  return (await server.post<CreatedKey>('/v1/keys', request)).body.secret;
}

const dear = (memberId?: string) => ({
  accountId: 'acme',
  ...(memberId === undefined ? {} : { memberId }),
  items: [{ tool: 'search', calls: 900 }],
});

async function createStage() {
  const server = createTestServer();
  await server.account('acme', { planId: 'pro' });
  await server.member('acme', 'ada', { role: 'owner' });
  await server.member('acme', 'ben', { role: 'member' });
  const summaryFor = async (token?: string) =>
    (await server.get<Summary>('/v1/accounts/acme/summary', token)).body;
  return { server, summaryFor };
}

it('C11: tells an extension the last refusal of its own member for a minute, and nobody else', async () => {
  const { server, summaryFor } = await createStage();
  const [ada, ben] = [await extensionOf(server, 'ada'), await extensionOf(server, 'ben')];
  expect((await server.post('/v1/consume', dear('ada'))).status).toBe(402);
  expect((await summaryFor(ada)).refusedLately).toEqual({
    reason: 'insufficient_credits',
    metric: null,
    at: '2026-06-10T12:00:00.000Z',
  });
  const page = await server.token({ accountId: 'acme', memberId: 'ada' });
  for (const other of [ben, page, undefined])
    expect(await summaryFor(other)).not.toHaveProperty('refusedLately');

  server.clock.advance(60_000);
  expect(await summaryFor(ada)).toHaveProperty('refusedLately');
  server.clock.advance(1);
  expect(await summaryFor(ada)).not.toHaveProperty('refusedLately');
});

it('gives the summary another ETag when a refusal came, so that an extension hears of it', async () => {
  const { server } = await createStage();
  const ada = await extensionOf(server, 'ada');
  const etag = async () => (await server.get('/v1/accounts/acme/summary', ada)).headers.get('etag');
  const before = await etag();
  await server.post('/v1/consume', dear('ada'));
  expect(await etag()).not.toBe(before);
  server.clock.advance(60_001);
  expect(await etag()).toBe(before);
});

it('remembers no refusal of work that names no member', async () => {
  const { server, summaryFor } = await createStage();
  const ada = await extensionOf(server, 'ada');
  expect((await server.post('/v1/consume', dear())).status).toBe(402);
  expect(await summaryFor(ada)).not.toHaveProperty('refusedLately');
});
