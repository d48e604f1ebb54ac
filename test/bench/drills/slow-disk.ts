import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drillKey, startDrillServer } from './drill-server.ts';

/*
 * What a server on SQLite does on a slow disk: `npx node --conditions=source test/bench/drills/slow-disk.ts [MS]`. Each flush takes so many
 * milliseconds more (250 where none is named), on every thread. For twenty seconds consumes come from 32 callers; then the server is
 * killed and started again without the delay. The drill tells how many were answered, how long they and a read took, and ends with 1
 * where an answered debit is missing or one is there that nobody sent.
 */

const delayMs = Number(process.argv[2] ?? 250);
const callers = 32;
const loadMs = 20_000;
const folder = mkdtempSync(join(tmpdir(), 'usagekit-slow-disk-'));
const database = ['--database', join(folder, 'usage.db')];
const script = `
  import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
  const { fdatasyncSync, fdatasync } = fs;
  fs.fdatasync = (fd, done) => setTimeout(() => fdatasync(fd, done), ${delayMs});
  fs.fdatasyncSync = (fd) => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${delayMs});
    fdatasyncSync(fd);
  };
  syncBuiltinESMExports();`;

const server = await startDrillServer(database, script);
await server.send('PUT', '/v1/accounts/acme', {});
await server.send('POST', '/v1/accounts/acme/grants', { amount: '1000000' });
const took: number[] = [];
const reads: number[] = [];
let [sent, answered, refused] = [0, 0, 0];
const untilMs = performance.now() + loadMs;
const timed = async (into: number[], send: () => Promise<Response>): Promise<number> => {
  const startedAtMs = performance.now();
  const { status } = await send();
  into.push(performance.now() - startedAtMs);
  return status;
};
await Promise.all([
  ...Array.from({ length: callers }, async () => {
    while (performance.now() < untilMs) {
      sent += 1;
      const body = { accountId: 'acme', items: [{ tool: 'web_search', calls: 1 }] };
      const status = await timed(took, () => server.send('POST', '/v1/consume', body));
      if (status === 200) answered += 1;
      else refused += 1;
    }
  }),
  (async () => {
    while (performance.now() < untilMs)
      await timed(reads, () => server.send('GET', '/v1/accounts/acme/summary'));
  })(),
]);
await server.stop('SIGKILL');

const again = await startDrillServer(database);
let stored = 0;
let cursor: string | null = '';
while (cursor !== null) {
  const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
  const answer = await fetch(`${again.url}/v1/accounts/acme/ledger?limit=500${after}`, {
    headers: { authorization: `Bearer ${drillKey}` },
  });
  const page = (await answer.json()) as { items: { kind: string }[]; nextCursor: string | null };
  stored += page.items.filter(({ kind }) => kind === 'debit').length;
  cursor = page.nextCursor;
}
await again.stop();
rmSync(folder, { recursive: true, force: true });

const at = (share: number, values: number[]) =>
  Math.round([...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0);
console.log(`${sent} sent, ${answered} answered, ${refused} refused or failed, ${stored} debits stored`);
for (const [name, values] of [
  ['consumes', took],
  ['reads', reads],
] as const)
  console.log(`${name}: p50 ${at(0.5, values)} ms, p99 ${at(0.99, values)} ms, worst ${at(1, values)} ms`);
process.exit(stored >= answered && stored <= sent ? 0 : 1);
