import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CatalogConfig,
  type Credits,
  type Hold,
  type HoldAnswer,
  type LedgerEntry,
  type Page,
  type PlanWindowConfig,
  paths,
} from '@usagekit/server/contract';
import { parseAmount } from '@usagekit/server/domain';
import { createMemoryStore } from '@usagekit/server/memory';
import { serve } from '@usagekit/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { smallCatalogConfig } from '../support/small-catalog.ts';
import { reconcile, type ServedProcess, servedKey, startServed } from './served/served-process.ts';
import { type Answer, ServerGroup } from './served/server-group.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-exact-'));
const catalogFile = join(folder, 'catalog.json');
let postgres: PostgresServer;

beforeAll(async () => {
  writeFileSync(catalogFile, JSON.stringify(catalog));
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Place {
  readonly name: string;
  readonly servers: number;
  /** Where `usagekit reconcile` looks once the servers are gone; null for what goes with them. */
  database(): Promise<string | null>;
}

const places: readonly Place[] = [
  { name: 'memory', servers: 1, database: async () => null },
  { name: 'SQLite', servers: 1, database: async () => join(folder, 'usage.db') },
  { name: 'PostgreSQL with two server processes', servers: 2, database: () => postgres.freshUrl() },
];

/** What the plan of every account grants. */
const planCredits = 100;
/** One call of the tool costs 2 credits. */
const searches = (calls: number) => [{ tool: 'search', calls }];
const emails = [{ metric: 'emails', quantity: '1' }];
const workflows = [{ metric: 'workflows', quantity: '1' }];
const burstIds = ['burst-1', 'burst-2', 'burst-3', 'burst-4'];
/** Windows of what nothing else limits: 9 in 10 hours, 5 of them in the 5 hours from the first use, 3 of a member. */
const windows: PlanWindowConfig[] = [
  { id: 'session', label: 'Session', metric: 'clones', kind: 'first_use', minutes: 300, limit: '5' },
  { id: 'lately', label: 'Lately', metric: 'clones', kind: 'rolling', minutes: 600, limit: '9' },
  { id: 'mine', label: 'Mine', metric: 'clones', of: 'member', kind: 'week', limit: '3' },
];
const catalog: CatalogConfig = {
  ...smallCatalogConfig,
  plans: smallCatalogConfig.plans.map((plan) => ({ ...plan, windows })),
};
const windowIds = ['window-1', 'window-2', 'window-3'];
const raceIds = ['race-1', 'race-2', 'race-3'];
const clockStart = '2026-06-10T12:00:00.000Z';
const expiry = '2026-06-10T13:00:00.000Z';

describe.each(places)('on $name', ({ servers: count, database: locate }) => {
  let database: string | null;
  let servers: ServerGroup;

  beforeAll(async () => {
    database = await locate();
    const start = () => (database === null ? serveInMemory() : startServed(database, catalogFile));
    servers = new ServerGroup(start);
    await Promise.all(Array.from({ length: count }, () => servers.start()));
  }, 60_000);
  afterAll(() => servers.killAll());

  it('F1: many connections get exactly what credits and limits allow, by consumes and by holds, on many accounts', async () => {
    await Promise.all(burstIds.map((id) => burst(servers, id)));
  });

  it('F1, F23: many connections get exactly what windows allow, for the account and for a member, and again after the reset', async () => {
    await Promise.all(windowIds.map((id) => fillWindows(servers, id)));
  });

  it('F1, F3: settlements that race with expiry and with each other charge once and give the rest back, to the last credit', async () => {
    await Promise.all(raceIds.map((id) => race(servers, id)));
  });

  it('F12: every balance is the sum of its entries after the bursts and races', async () => {
    for (const id of [...burstIds, ...raceIds, ...windowIds]) await assertLedgerAddsUp(servers, id);
    await servers.killAll();
    if (database !== null) expect(await reconcile(database)).toBe('10 accounts, 0 balances that drifted.');
  });
});

/** Fifty at once of each kind, half of them consumes and half of them holds. */
async function burst(servers: ServerGroup, accountId: string): Promise<void> {
  await servers.send('PUT', paths.account(accountId), {});
  const askFifty = (items: object[]): Promise<Answer[]> =>
    Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        post(servers, index % 2 === 0 ? paths.consume : paths.holds, { accountId, items }),
      ),
    );
  const [byCredits, byHardLimit, bySoftLimit] = await Promise.all([
    askFifty(searches(2)),
    askFifty(emails),
    askFifty(workflows),
  ]);
  expect(byCredits.filter(isAdmitted)).toHaveLength(planCredits / 4);
  // A hard limit of 10 ends at 100%, a soft one at 110%.
  expect(byHardLimit.filter(isAdmitted)).toHaveLength(10);
  expect(bySoftLimit.filter(isAdmitted)).toHaveLength(11);
  const holds = byCredits.filter((answer) => isAdmitted(answer) && answer.text.startsWith('{"hold"'));
  expect(await credits(servers, accountId)).toMatchObject({
    available: '0',
    held: String(holds.length * 4),
    debt: '0',
  });
}

/** Thirty at once for a member and for others, in one session and in the next. */
async function fillWindows(servers: ServerGroup, accountId: string): Promise<void> {
  const clock = { id: `${accountId}-clock`, now: clockStart };
  expect((await post(servers, paths.testClocks, clock)).status).toBe(201);
  await servers.send('PUT', paths.account(accountId), { testClockId: clock.id });
  await servers.send('PUT', paths.member(accountId, 'ada'), {});
  const askThirty = (memberId?: string): Promise<Answer[]> =>
    Promise.all(
      Array.from({ length: 30 }, () =>
        post(servers, paths.consume, {
          accountId,
          items: [{ metric: 'clones', quantity: '1' }],
          ...(memberId === undefined ? {} : { memberId }),
        }),
      ),
    );
  const admitted = async (asked: Promise<Answer[]>) => (await asked).filter(isAdmitted).length;
  // The member's own window is the nearest, then the session's, then what is left of ten hours.
  expect(await admitted(askThirty('ada'))).toBe(3);
  expect(await admitted(askThirty())).toBe(2);
  await post(servers, paths.advanceTestClock(clock.id), { to: '2026-06-10T17:00:00.000Z' });
  const [own, others] = await Promise.all([admitted(askThirty('ada')), admitted(askThirty())]);
  expect([own, others]).toEqual([0, 4]);
}

/** Ends holds in every way while their time runs out and others wait for what they give back. */
async function race(servers: ServerGroup, accountId: string): Promise<void> {
  const clock = { id: `${accountId}-clock`, now: clockStart };
  expect((await post(servers, paths.testClocks, clock)).status).toBe(201);
  await servers.send('PUT', paths.account(accountId), { testClockId: clock.id });
  // 24 holds of 4 credits leave 4 of 100.
  const holdIds = Array.from({ length: 24 }, (_, index) => `${accountId}-${index}`);
  const made = await Promise.all(
    holdIds.map((id) => post(servers, paths.holds, { accountId, id, items: searches(2), expiresAt: expiry })),
  );
  expect(made.filter(isAdmitted)).toHaveLength(24);

  const consumes: Promise<Answer>[] = [];
  const end = (id: string, index: number): Promise<EndedHold> => {
    consumes.push(post(servers, paths.consume, { accountId, items: searches(1) }));
    return endHold(servers, { accountId, id, way: ways[index % ways.length] ?? 'settle' });
  };
  const early = holdIds.slice(0, 8).map(end);
  await Promise.race(early);
  // Of these some come before the clock and some after it.
  const racing = holdIds.slice(8, 12).map(end);
  const advanced = post(servers, paths.advanceTestClock(clock.id), { to: expiry });
  racing.push(...holdIds.slice(12, 16).map(end));
  expect((await advanced).status).toBe(200);
  const late = await Promise.all(holdIds.slice(16).map(end));
  expect(late.map(({ status }) => status)).toEqual(late.map(() => 'expired'));

  const ended = [...(await Promise.all([...early, ...racing])), ...late];
  expect(ended.some(({ status }) => status !== 'expired')).toBe(true);
  const { items: holds } = await servers.send<Page<Hold>>('GET', `${paths.holds}?accountId=${accountId}`);
  expect(holds.map(({ id, status, settled }) => `${id} ${status} ${settled}`).sort()).toEqual(
    ended.map(({ id, status, charged }) => `${id} ${status} ${charged}`).sort(),
  );

  // The rest can be spent to the last credit, and no more.
  const charged = ended.reduce((sum, hold) => sum + hold.charged, 0);
  const consumed = 2 * (await Promise.all(consumes)).filter(isAdmitted).length;
  const left = planCredits - charged - consumed;
  expect(await credits(servers, accountId)).toMatchObject({ available: String(left), held: '0', debt: '0' });
  const rest = await Promise.all(
    Array.from({ length: left / 2 + 10 }, () =>
      post(servers, paths.consume, { accountId, items: searches(1) }),
    ),
  );
  expect(rest.filter(isAdmitted)).toHaveLength(left / 2);
}

const ways = ['settle', 'settle in parts', 'release'] as const;

interface EndedHold {
  readonly id: string;
  readonly status: Hold['status'];
  readonly charged: number;
}

/**
 * Each command is sent twice at once under one key. What changed something is answered alike; a conflict changes nothing and
 * is not kept, so that of two that meet the end of the hold one may still be in time.
 */
async function endHold(
  servers: ServerGroup,
  { accountId, id, way }: { accountId: string; id: string; way: (typeof ways)[number] },
): Promise<EndedHold> {
  const twice = async (path: string, body: object): Promise<HoldAnswer | null> => {
    const key = `${path} ${JSON.stringify(body)}`.replaceAll(' ', '_');
    const both = await Promise.all([post(servers, path, body, key), post(servers, path, body, key)]);
    for (const { status, text } of both) expect([200, 409], text).toContain(status);
    const done = new Set(both.filter(({ status }) => status === 200).map(({ text }) => text));
    expect(done.size).toBeLessThan(2);
    for (const text of done) return JSON.parse(text) as HoldAnswer;
    return null;
  };
  let charged = 0;
  const settle = async (final: boolean): Promise<boolean> => {
    const answer = await twice(paths.settleHold(id), { accountId, items: searches(1), final });
    charged += Number(answer?.cost.amount ?? 0);
    return answer !== null;
  };
  if (way === 'release') {
    const released = await twice(paths.releaseHold(id), { accountId });
    return { id, status: released === null ? 'expired' : 'released', charged };
  }
  if (way === 'settle in parts') await settle(false);
  return { id, status: (await settle(true)) ? 'settled' : 'expired', charged };
}

/** Each entry goes on from the balance of the one before, and none of them overdraws. */
async function assertLedgerAddsUp(servers: ServerGroup, accountId: string): Promise<void> {
  const page = await servers.send<Page<LedgerEntry>>('GET', `${paths.ledger(accountId)}?limit=500`);
  expect(page.nextCursor).toBe(null);
  let balance = 0n;
  for (const { amount, balanceAfter } of page.items.toReversed()) {
    balance += parseAmount(amount);
    expect(parseAmount(balanceAfter)).toBe(balance);
    expect(balance >= 0n).toBe(true);
  }
}

let keys = 0;

function post(servers: ServerGroup, path: string, body: object, key = `key-${keys++}`): Promise<Answer> {
  return servers.post({ path, body, key });
}

/** Any other answer than an admission or a refusal by credits or limit is a fault. */
function isAdmitted({ status, text }: Answer): boolean {
  if (status === 200 || status === 201) return true;
  expect([402, 429], text).toContain(status);
  return false;
}

function credits(servers: ServerGroup, accountId: string): Promise<Credits> {
  return servers.send<Credits>('GET', paths.credits(accountId));
}

async function serveInMemory(): Promise<ServedProcess> {
  const { url, close } = await serve({
    port: 0,
    store: createMemoryStore(),
    catalog,
    secretKeys: [servedKey],
  });
  const stop = async () => {
    await close();
    return 0;
  };
  return { url, pid: process.pid, kill: close, stop };
}
