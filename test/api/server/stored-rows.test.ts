import { createApp } from '@usagekit/server/app';
import type { CatalogConfig } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import type { SetAside } from '../../../server/src/store/store.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, startMs } from '../support/test-server.ts';

function remembering() {
  const lines: { fields: Readonly<Record<string, unknown>>; message: string }[] = [];
  const tell = (fields: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push({ fields, message });
  return { lines, log: { info: tell, warn: tell, error: tell } };
}

it('F21: a stored catalog that is no longer accepted stops no start: the one before it holds, and it is told', async () => {
  const store = createMemoryStore();
  const { lines, log } = remembering();
  const first = createTestServer({ store, log });
  await first.account();
  await store.putCatalog(
    { ...smallCatalogConfig, defaultPlanId: 'gone', plans: [] } as CatalogConfig,
    startMs,
  );
  await first.app.tick();
  expect((await first.post('/v1/consume', { accountId: 'acme', items: [{ model: 'swift-1' }] })).status).toBe(
    200,
  );
  // A start with no catalog of its own takes the one in the store, or begins without one.
  const alone = createApp({ store, clock: { nowMs: () => startMs }, newId: () => 'id', log });
  await alone.ready();
  expect((await alone.fetch(new Request('http://usage.test/readyz'))).status).toBe(200);
  expect(lines.map(({ message }) => message).filter((message) => message !== 'request')).toEqual(
    Array(2).fill('The stored catalog has mistakes and is not used'),
  );
});

it('F21: what could not be applied is told once in the log, counted in the metrics, and stops nothing', async () => {
  const aside: SetAside[] = [];
  const setAside = (id: number) =>
    aside.unshift({
      id,
      accountId: 'acme',
      noun: 'rollup cell',
      reason: 'The sum is more than a rollup holds.',
      body: 'secret',
      setAsideAtMs: startMs,
    });
  const store = Object.assign(createMemoryStore(), {
    listSetAside: async () => ({ items: [...aside], nextCursor: null }),
  });
  const { lines, log } = remembering();
  setAside(1);
  const server = createTestServer({ store, log });
  await server.app.ready();
  expect(lines).toHaveLength(1);
  setAside(2);
  await server.app.tick();
  await server.app.tick();
  expect(lines.map(({ fields }) => fields.setAsideId)).toEqual([1, 2]);
  expect(JSON.stringify(lines)).not.toContain('secret');
  expect(server.app.status().setAside).toBe(2);
});
