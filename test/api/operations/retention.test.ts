import { createMemoryStore } from '@usagekit/server/memory';
import { expect, it } from 'vitest';
import { forgettingSlicesMax, forgottenAtOnce } from '../../../server/src/app/retention/forget-old.ts';
import type { DoctorReport } from '../../../server/src/contract/operations/operations.ts';
import { auditIdPrefix } from '../../../server/src/domain/ids/audit-id.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { createTestServer } from '../support/test-server.ts';

const dayMs = 24 * 60 * 60_000;

it('F20: forgets after their time answers, notices, audit records, keys and pairings, and keeps the younger ones', async () => {
  const store = createMemoryStore();
  const asked: [string, number][] = [];
  const server = createTestServer({
    store: watched(store, (noun, beforeMs) => asked.push([noun, (server.clock.nowMs() - beforeMs) / dayMs])),
    retention: { noticeDays: 10, auditDays: 20 },
  });
  await server.account('acme');
  await audit(store, server.clock.nowMs() - 21 * dayMs);
  await audit(store, server.clock.nowMs() - 19 * dayMs);
  const before = (await store.listAudit({ limit: 50 })).items.length;
  await server.app.tick();
  expect(asked).toEqual([
    ['answers', 35],
    ['notices', 10],
    ['audit', 20],
    ['keys', 30],
    ['pairings', 1],
  ]);
  expect((await store.listAudit({ limit: 50 })).items).toHaveLength(before - 1);
});

it('F20: forgets a bounded number of rows at a time, yields between them, and leaves the rest to the next run', async () => {
  const store = createMemoryStore();
  const slices: number[] = [];
  let turns = 0;
  const server = createTestServer({
    store: watched(store, (_noun, _beforeMs, limit) => {
      slices.push(limit);
      return limit;
    }),
    afterTurn(flush) {
      turns += 1;
      queueMicrotask(flush);
    },
  });
  await server.app.ready();
  turns = 0;
  await server.app.tick();
  expect(slices).toHaveLength(forgettingSlicesMax);
  expect(new Set(slices)).toEqual(new Set([forgottenAtOnce]));
  expect(turns).toBeGreaterThanOrEqual(forgettingSlicesMax);
});

it('F20: doctor warns of what nobody forgets, and says for how long things are kept', async () => {
  const store = createMemoryStore();
  const server = createTestServer({ store });
  const found = async () =>
    (await server.get<DoctorReport>('/v1/doctor')).body.findings.filter(({ check }) => check === 'retention');
  expect(await found()).toEqual([
    {
      check: 'retention',
      level: 'ok',
      detail:
        'Nothing is kept for too long: kept answers 35 days, notices that are done 90 days, audit records 730 days, ended keys 30 days, ended pairings 1 day.',
    },
  ]);
  await audit(store, server.clock.nowMs() - 733 * dayMs);
  expect(await found()).toEqual([
    { check: 'retention', level: 'warning', detail: expect.stringContaining('audit records from before') },
  ]);
  await server.app.tick();
  expect(await found()).toMatchObject([{ level: 'ok' }]);
});

/** The store, with every call to forget told; what `told` returns is taken for the number that was forgotten. */
function watched(store: Store, told: (noun: string, beforeMs: number, limit: number) => number): Store {
  return new Proxy(store, {
    get(target, name) {
      if (name !== 'forgetOld') {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return async (...call: Parameters<Store['forgetOld']>) => {
        const forgotten = await target.forgetOld(...call);
        return Math.max(forgotten, told(...call) === call[2] ? call[2] : 0);
      };
    },
  });
}

async function audit(store: Store, atMs: number): Promise<void> {
  await store.putAudit({
    id: `${auditIdPrefix(atMs)}-old`,
    atMs,
    actor: { kind: 'configuration', keyId: null, name: 'start' },
    action: 'start',
    accountId: null,
    details: {},
    requestId: null,
    address: null,
    outcome: 'done',
  });
}
