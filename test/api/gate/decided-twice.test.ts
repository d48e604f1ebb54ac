import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import type { Store } from '../../../server/src/store/store.ts';
import { readStream } from '../support/read-stream.ts';
import { createTestServer } from '../support/test-server.ts';

/** A store that decides everything twice, as PostgreSQL does where another process was quicker, and takes the second. */
function decidingTwice(): Store {
  const store = createMemoryStore();
  const write = store.write.bind(store);
  store.write = (needs, decide) =>
    write(needs, (loaded) => {
      decide(loaded);
      return decide(loaded);
    });
  return store;
}

/** What every answer and every message of a stream says, in their order. */
async function told(store: Store): Promise<string[]> {
  const server = createTestServer({ store });
  await server.account();
  const stream = await readStream(server, 'acme', await server.member('acme', 'mia', { role: 'owner' }));
  const accountId = 'acme';
  const search = (calls: number) => [{ tool: 'search', calls }];
  await server.put('/v1/accounts/acme/auto-top-up', { enabled: false });
  await server.post('/v1/consume', { accountId, memberId: 'mia', items: search(3) });
  await server.post('/v1/consume', { accountId, items: search(1_000_000) });
  await server.post('/v1/holds', { id: 'h', accountId, items: search(4) });
  await server.post('/v1/holds/h/settle', { accountId, items: search(2) });
  await server.post('/v1/tasks', {
    id: 't',
    accountId,
    name: 'Report',
    status: 'in_progress',
    items: search(1),
  });
  await server.send('PATCH', '/v1/tasks/t', { accountId, status: 'failed', error: 'No.' });
  await server.post('/v1/events', { events: [{ id: 'e', accountId, items: search(1) }] });
  await server.post('/v1/accounts/acme/grants', { amount: '5', label: 'Gift' });
  for (const path of ['credits', 'usage', 'ledger', 'activity', 'usage/series?metric=credits'])
    await server.get(`/v1/accounts/acme/${path}`);
  const version = (await store.readAccount('acme'))?.version;
  const messages: string[] = [];
  for (let isThere = false; !isThere; ) {
    const next = await stream.next();
    messages.push(JSON.stringify(next));
    isThere = next === null || ('version' in next && next.version === version);
  }
  await stream.leave();
  return [
    ...server.exchanges.map(({ method, path, status, responseBody }) =>
      JSON.stringify([method, path, status, responseBody]),
    ),
    ...messages,
  ];
}

it('F2, O20: a command that is decided twice counts once, answers the same and is told once', async () => {
  const once = await told(createMemoryStore());
  const twice = await told(decidingTwice());
  expect(once.length).toBeGreaterThan(15);
  expect(once.some((line) => line.includes('"type":"change"'))).toBe(true);
  expect(twice).toEqual(once);
});
