import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import { sweptSlicesMax } from '../../../server/src/app/sweep-stored.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { createTestServer } from '../support/test-server.ts';

// What an update of the server leaves to be rewritten keeps nobody waiting: neither an answer nor what falls due.

/** A store with more to rewrite than there ever will be time for. */
function oldStore() {
  const happened: string[] = [];
  const store = new Proxy(createMemoryStore(), {
    get(target, name) {
      if (name === 'sweepStored')
        return async () => {
          happened.push('slice');
          return true;
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as Store;
  return { store, happened };
}

it('F21: a tick does not wait for the sweep of what earlier versions stored, and a second one begins no second sweep', async () => {
  const { store, happened } = oldStore();
  const server = createTestServer({ store, afterTurn: setImmediate });
  await server.app.ready();
  await server.app.tick();
  expect(happened.length).toBeLessThan(sweptSlicesMax);
  await server.app.tick();
  await expect.poll(() => happened.length).toBe(sweptSlicesMax);
  // The next run takes up what is left.
  await server.app.tick();
  await expect.poll(() => happened.length).toBe(2 * sweptSlicesMax);
});

it('F21: answers come between the slices of a sweep, a slice a turn', async () => {
  const { store, happened } = oldStore();
  const turn = () => happened.push('turn');
  const server = createTestServer({
    store,
    afterTurn: (run) =>
      setImmediate(() => {
        turn();
        run();
      }),
  });
  await server.account('acme');
  await server.app.tick();
  for (let use = 0; use < 5; use++) {
    const { status } = await server.post('/v1/consume', { accountId: 'acme', items: [{ model: 'swift-1' }] });
    expect(status).toBe(200);
    happened.push('answer');
  }
  expect(happened.filter((each) => each === 'slice').length).toBeLessThan(sweptSlicesMax);
  const slicesInOneTurn = happened.join(' ').split('turn');
  for (const turnOfSlices of slicesInOneTurn)
    expect(turnOfSlices.match(/slice/g)?.length ?? 0).toBeLessThanOrEqual(1);
});

it('F21: a stop ends the sweep after the slice that is under way', async () => {
  const { store, happened } = oldStore();
  const server = createTestServer({ store, afterTurn: setImmediate });
  await server.app.ready();
  await server.app.tick();
  await server.app.close();
  const swept = happened.length;
  expect(swept).toBeLessThan(sweptSlicesMax);
  await new Promise((resolve) => setImmediate(resolve));
  expect(happened).toHaveLength(swept);
});
