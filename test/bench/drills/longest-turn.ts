import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PerformanceObserver } from 'node:perf_hooks';
import { serve } from '@usagekit/server/node';
import { drillKey } from './drill-server.ts';

/*
 * The longest turns of a server's event loop while it does what is known to be long:
 * `npx node --conditions=source test/bench/drills/longest-turn.ts`. The server is in this process, and so are its callers, whose own work is in
 * the turns; collections of garbage are told apart. Worth reading on a machine that does nothing else.
 */

const folder = mkdtempSync(join(tmpdir(), 'usagekit-longest-turn-'));
const server = await serve({
  port: 0,
  metricsPort: null,
  databaseFile: join(folder, 'usage.db'),
  secretKeys: [drillKey],
});
let collecting = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) collecting = Math.max(collecting, duration);
}).observe({ entryTypes: ['gc'] });
let longest = 0;
let lastMs = performance.now();
const watch = () => {
  const nowMs = performance.now();
  longest = Math.max(longest, nowMs - lastMs);
  lastMs = nowMs;
  setImmediate(watch).unref();
};
watch();

const send = (method: string, path: string, body?: object) =>
  fetch(`${server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${drillKey}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

async function during(what: string, times: number, work: (round: number) => Promise<unknown>): Promise<void> {
  await work(-1);
  [longest, collecting, lastMs] = [0, 0, performance.now()];
  for (let round = 0; round < times; round += 1) await work(round);
  console.log(
    `${what}: longest turn ${longest.toFixed(1)} ms, longest collection ${collecting.toFixed(1)} ms`,
  );
}

const events = (round: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `e-${round}-${index}`,
    accountId: 'acme',
    memberId: `m-${index % 20}`,
    items: [{ model: 'gpt-5-mini', inputTokens: 900 + index, outputTokens: 300 }],
  }));

await send('PUT', '/v1/accounts/acme', {});
await during('nothing', 20, () => new Promise((resolve) => setTimeout(resolve, 50)));
await during('1,000 events of one account in a batch', 15, (round) =>
  send('POST', '/v1/events', { events: events(round, 1_000) }),
);
await during('64 consumes at once', 50, (round) =>
  Promise.all(
    Array.from({ length: 64 }, (_, index) =>
      send('POST', '/v1/consume', {
        accountId: `a-${index % 8}`,
        taskId: `t-${round}`,
        items: [{ tool: 'web_search', calls: 1 }],
      }),
    ),
  ),
);
await during('a page of 500 entries', 20, () => send('GET', '/v1/accounts/acme/ledger?limit=500'));
await during('an export of all uses', 3, async () =>
  (await send('GET', '/v1/accounts/acme/export/events?format=jsonl')).text(),
);
await during('a member erased', 5, async (round) => {
  await send('PUT', `/v1/accounts/acme/members/m-${round + 1}`, {});
  await send('POST', `/v1/accounts/acme/members/m-${round + 1}/erase`, {});
});

await server.close();
rmSync(folder, { recursive: true, force: true });
