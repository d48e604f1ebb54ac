import { apiBounds, beatSeconds, type View } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { readStream } from '../support/read-stream.ts';
import { createTestServer } from '../support/test-server.ts';

/** Timers that run when they are told to, by their time. */
function heldTimers() {
  const timers = new Set<{ run: () => void; delayMs: number }>();
  return {
    schedule(run: () => void, delayMs: number) {
      const timer = { run, delayMs };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    delays: () => [...timers].map(({ delayMs }) => delayMs),
    runAll() {
      for (const timer of [...timers]) {
        timers.delete(timer);
        timer.run();
      }
    },
  };
}

const everyView: View[] = [
  'summary',
  'usage',
  'series',
  'usageHistory',
  'forecast',
  'credits',
  'ledger',
  'activity',
  'autoTopUp',
  'tasks',
  'task',
  'subscription',
  'check',
  'diagnosis',
  'models',
  'catalog',
  'invoices',
  'upcomingInvoice',
  'charges',
  'paymentMethod',
  'connectedBrowsers',
  'members',
  'whoami',
];

describe('GET /v1/accounts/{id}/stream', () => {
  it('F5: greets, and tells which views a debit changed with the figures of a badge', async () => {
    const server = createTestServer();
    await server.account();
    const token = await server.member('acme', 'mia');
    const stream = await readStream(server, 'acme', token);
    expect(stream.headers.get('cache-control')).toBe('no-store, no-transform');
    expect(await stream.next()).toEqual({ type: 'hello', accountId: 'acme', version: 2 });
    await server.post('/v1/consume', { accountId: 'acme', items: [{ tool: 'search', calls: 50 }] });
    expect(await stream.next()).toEqual({
      type: 'change',
      accountId: 'acme',
      version: 3,
      since: 2,
      views: [
        'summary',
        'usage',
        'series',
        'usageHistory',
        'forecast',
        'credits',
        'ledger',
        'subscription',
        'check',
        'diagnosis',
        // That the account was told of it stands with its subscription.
        'models',
        'catalog',
        'upcomingInvoice',
      ],
      moved: expect.any(Object),
      credits: { available: '0', held: '0', unit: 'credits' },
      level: 'over',
      blocked: true,
      taskIds: [],
      asOf: '2026-06-10T12:00:00.000Z',
    });
    await stream.leave();
  });

  it('F21: tells what falls due when it is due, with nothing else happening', async () => {
    const timers = heldTimers();
    const schedule = (run: () => void, delayMs: number) => {
      // The short pauses in which changes are gathered pass by themselves.
      if (delayMs >= 1_000) return timers.schedule(run, delayMs);
      queueMicrotask(run);
      return () => {};
    };
    const server = createTestServer({ schedule });
    await server.account();
    const token = await server.member('acme', 'mia');
    await server.post('/v1/accounts/acme/grants', {
      amount: '7',
      expiresAt: new Date(server.clock.nowMs() + 5_000).toISOString(),
    });
    const stream = await readStream(server, 'acme', token);
    await stream.next();
    expect(timers.delays()).toContain(5_000);
    server.clock.advance(5_000);
    timers.runAll();
    let told = await stream.next();
    while (told?.type === 'beat') told = await stream.next();
    expect(told).toMatchObject({ type: 'change', credits: { available: '100', held: '0', unit: 'credits' } });
    await stream.leave();
    expect(timers.delays().filter((delayMs) => delayMs > 25_000)).toEqual([]);
  });

  it('names the tasks that changed to those who may see them', async () => {
    const server = createTestServer();
    await server.account();
    const tokens = [
      await server.member('acme', 'owner', { role: 'owner' }),
      await server.member('acme', 'mia'),
    ];
    const [owner, other] = await Promise.all(tokens.map((token) => readStream(server, 'acme', token)));
    await owner?.next();
    await other?.next();
    await server.post('/v1/tasks', { id: 't', accountId: 'acme', memberId: 'owner', name: 'x' });
    expect(await other?.next()).toMatchObject({
      views: ['summary', 'tasks', 'task', 'diagnosis'],
      taskIds: [],
    });
    expect(await owner?.next()).toMatchObject({
      views: ['summary', 'tasks', 'task', 'diagnosis'],
      taskIds: ['t'],
      moved: { tasks: [{ id: 't', name: 'x' }] },
    });
    await owner?.leave();
    await other?.leave();
  });

  it('E12: tells every view when a member is changed, since all that it sees may be other', async () => {
    const server = createTestServer();
    await server.account();
    const stream = await readStream(server, 'acme', await server.member('acme', 'mia'));
    await stream.next();
    await server.put('/v1/accounts/acme/members/mia', { allocations: { exports: '5' } });
    expect(await stream.next()).toMatchObject({ type: 'change', version: 3, views: everyView });
    await stream.leave();
  });

  it('ends with its token, and beats until then', async () => {
    const timers = heldTimers();
    const server = createTestServer({ schedule: timers.schedule });
    await server.account();
    await server.member('acme', 'mia');
    const token = await server.token({ accountId: 'acme', memberId: 'mia', lifetimeSeconds: 60 });
    const stream = await readStream(server, 'acme', token);
    await stream.next();
    server.clock.advance(beatSeconds * 1_000);
    timers.runAll();
    expect(await stream.next()).toEqual({ type: 'beat' });
    server.clock.advance(60_000);
    timers.runAll();
    expect(await stream.next()).toBe(null);
  });

  it('tells a demoted member less at once', async () => {
    const server = createTestServer();
    await server.account();
    const token = await server.member('acme', 'mia');
    const stream = await readStream(server, 'acme', token);
    await stream.next();
    await server.put('/v1/accounts/acme/members/mia', { role: 'viewer' });
    expect(await stream.next()).toMatchObject({ type: 'change', credits: null });
    await stream.leave();
  });

  it('is refused to another account', async () => {
    const server = createTestServer();
    await server.account();
    await server.account('other');
    const token = await server.member('acme', 'mia');
    expect((await readStream(server, 'other', token)).status).toBe(403);
  });

  it('F21: is refused beyond the limit of a member, who takes none of the others, also where many are asked for at once', async () => {
    const server = createTestServer();
    await server.account();
    const token = await server.member('acme', 'mia');
    const { streamsPerMemberMax } = apiBounds;
    const asked = Array.from({ length: streamsPerMemberMax + 15 }, () => readStream(server, 'acme', token));
    const streams = await Promise.all(asked);
    const open = streams.filter(({ status }) => status === 200);
    expect(open).toHaveLength(streamsPerMemberMax);
    expect((await readStream(server, 'acme', token)).status).toBe(429);
    const other = await readStream(server, 'acme', await server.member('acme', 'ben'));
    expect(other.status).toBe(200);
    await open[0]?.leave();
    await Promise.resolve();
    const again = await readStream(server, 'acme', token);
    expect(again.status).toBe(200);
    for (const stream of [...open.slice(1), other, again]) await stream.leave();
  });

  it('F21: is refused beyond the limit of an account; each that is open is told a change, and others have their turn meanwhile', async () => {
    let turns = 0;
    let workedMs = 0;
    const server = createTestServer({
      // Each look at the watch finds a millisecond gone, as if a message took one.
      stopwatchMs: () => ++workedMs,
      afterTurn: (flush) => {
        turns += 1;
        queueMicrotask(flush);
      },
    });
    await server.account();
    const { streamsPerAccountMax, streamsPerMemberMax } = apiBounds;
    const tokens = [];
    for (let index = 0; index < streamsPerAccountMax / streamsPerMemberMax; index++)
      tokens.push(await server.member('acme', `member-${index}`));
    const late = await server.member('acme', 'late');
    const streams = [];
    for (const token of tokens)
      for (let index = 0; index < streamsPerMemberMax; index++) {
        const stream = await readStream(server, 'acme', token);
        expect(await stream.next()).toMatchObject({ type: 'hello' });
        streams.push(stream);
      }
    expect(streams).toHaveLength(streamsPerAccountMax);
    expect((await readStream(server, 'acme', late)).status).toBe(429);
    const before = turns;
    await server.post('/v1/accounts/acme/grants', { amount: '5' });
    for (const stream of streams)
      expect(await stream.next()).toMatchObject({ type: 'change', credits: { available: '105' } });
    expect(turns - before).toBeGreaterThan(10);
    for (const stream of streams) await stream.leave();
  });

  it('of an extension ends when its key is revoked', async () => {
    const server = createTestServer();
    await server.account();
    await server.member('acme', 'mia');
    const { body: key } = await server.post<{ id: string; secret: string }>('/v1/keys', {
      kind: 'extension',
      accountId: 'acme',
      memberId: 'mia',
    });
    const stream = await readStream(server, 'acme', key.secret);
    await stream.next();
    await server.send('DELETE', `/v1/keys/${key.id}`);
    expect(await stream.next()).toBe(null);
  });
});
