import { headers, paths, type TestClock } from '@usagekit/server/contract';

/** The test clock that the demo's account is on. */
export interface DemoClock {
  readonly id: string;
  create(nowMs: number): Promise<void>;
  advanceTo(atMs: number): Promise<void>;
  /** Brings the clock to the present: the real one, or as far ahead of it as somebody has moved it. */
  catchUp(): Promise<void>;
  /** Moves the clock ahead for good. */
  skipTo(atMs: number): Promise<void>;
}

/**
 * Six months cannot be lived through in real time, so the account is on a test clock. After that the clock follows the
 * real time. A real product has no such thing: its accounts are on the real time from the start.
 */
export function createDemoClock(serverUrl: string, secretKey: string, id: string): DemoClock {
  let aheadMs: number | undefined;
  let lastMove: Promise<void> = Promise.resolve();

  async function call(method: 'GET' | 'POST', path: string, body?: object): Promise<TestClock> {
    const response = await fetch(serverUrl + path, {
      method,
      headers: {
        Authorization: `Bearer ${secretKey}`,
        'Content-Type': 'application/json',
        [headers.idempotencyKey]: crypto.randomUUID(),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!response.ok)
      throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as TestClock;
  }

  async function advanceTo(atMs: number) {
    await call('POST', paths.advanceTestClock(id), { to: new Date(atMs).toISOString() });
  }

  /** Moves one after the other: of two that are asked for at once, the server may see the later one first and refuse the other. */
  function inTurn(move: () => Promise<void>): Promise<void> {
    const moved = lastMove.then(move);
    lastMove = moved.catch(() => {});
    return moved;
  }

  return {
    id,
    advanceTo,
    async create(nowMs) {
      await call('POST', paths.testClocks, { id, now: new Date(nowMs).toISOString() });
    },
    catchUp: () =>
      inTurn(async () => {
        if (aheadMs === undefined) {
          const { now } = await call('GET', paths.testClock(id));
          aheadMs = Math.max(0, Date.parse(now) - Date.now());
        }
        await advanceTo(Date.now() + aheadMs);
      }),
    skipTo: (atMs) =>
      inTurn(async () => {
        await advanceTo(atMs);
        aheadMs = Math.max(0, atMs - Date.now());
      }),
  };
}
