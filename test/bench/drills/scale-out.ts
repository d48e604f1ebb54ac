import { fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newIdempotencyKey } from '@usagekit/server/contract';
import { consumeRequest, createAccounts } from '../consume/consume-over-http.ts';
import { accountIds } from '../engine/engine.ts';
import { childrenOf, processorMs, processWith } from '../scale-out/processor-time.ts';
import { type Costs, simulateFleet } from '../scale-out/simulate-fleet.ts';
import { startBenchServer } from '../support/bench-server.ts';
import { rateOverHttp } from '../support/http-load.ts';
import { withPostgres } from '../support/with-postgres.ts';

/*
 * Accounts parted over databases: `npx node --conditions=source test/bench/drills/scale-out.ts`. First on this machine, with one server
 * for each of 1, 2 and 4 databases of one PostgreSQL and a router by the account's id; then 100 servers on 10 databases, simulated
 * by what a consume cost here. On two cores more databases cannot be faster: what shows is that a consume costs no more.
 */

const accounts = 400;
const requests = 6_400;
const connections = 64;

const costs = await withPostgres(async (postgres) => {
  const port = new URL(await postgres.freshDatabaseUrl()).port;
  const postmaster = processWith('-p', port);
  const databaseMs = () =>
    [postmaster, ...childrenOf(postmaster)].reduce((sum, each) => sum + processorMs(each), 0);
  let measured: Pick<Costs, 'serverMs' | 'databaseMs'> | undefined;
  for (const databases of [1, 2, 4]) {
    const servers = await Promise.all(
      Array.from({ length: databases }, async () =>
        startBenchServer('consume', await postgres.freshDatabaseUrl()),
      ),
    );
    const ids = accountIds(accounts);
    const ofServer = servers.map((_, index) => ids.filter((id) => partOf(id, databases) === index));
    for (const [index, server] of servers.entries()) await createAccounts(server, ofServer[index] ?? []);
    const serverMs = () => servers.reduce((sum, { processId }) => sum + processorMs(processId), 0);
    const run = async () => {
      const rates = await Promise.all(
        servers.map(({ port: at }, index) => {
          const own = ofServer[index] ?? [];
          return rateOverHttp({
            port: at,
            connections: connections / databases,
            requests: requests / databases,
            next: () =>
              consumeRequest(own[Math.floor(Math.random() * own.length)] ?? '', newIdempotencyKey()),
          });
        }),
      );
      return rates.reduce((sum, each) => sum + each, 0);
    };
    await run();
    const before = { server: serverMs(), database: databaseMs() };
    const rate = await run();
    const each = {
      serverMs: (serverMs() - before.server) / requests,
      databaseMs: (databaseMs() - before.database) / requests,
    };
    measured ??= each;
    console.log(
      `${databases} database(s), a server each: ${Math.round(rate)} consumes a second; a consume takes ${micros(each.serverMs)} of a server and ${micros(each.databaseMs)} of PostgreSQL`,
    );
    await Promise.all(servers.map((server) => server.stop()));
  }
  if (!measured) throw new Error('Nothing was measured.');
  return { ...measured, flushMs: flushMs(), roundTripMs: 0.5 };
});

console.log(
  `a flush takes ${micros(costs.flushMs)}; the simulation takes half a millisecond there and back to the database`,
);
for (const [servers, databases] of [
  [10, 1],
  [100, 10],
] as const) {
  const capacity = Math.min((servers * 1_000) / costs.serverMs, (databases * 16 * 1_000) / costs.databaseMs);
  for (const share of [0.25, 0.5, 0.75, 0.9, 1.1]) {
    const figures = simulateFleet(
      costs,
      { servers, databases, databaseCores: 16 },
      { consumesPerSecond: capacity * share, seconds: 3, seed: 1 },
    );
    console.log(
      `${servers} servers, ${databases} database(s) of 16 cores, ${Math.round(capacity * share)} asked a second: ${Math.round(figures.answeredPerSecond)} answered, p50 ${figures.p50Ms.toFixed(1)} ms, p99 ${figures.p99Ms.toFixed(1)} ms, ${figures.batch.toFixed(1)} in a batch, servers ${percent(figures.serverBusy)}, databases ${percent(figures.databaseBusy)} busy`,
    );
  }
}

/** Which database an account is in: the router that a host would have. */
function partOf(accountId: string, databases: number): number {
  let hash = 0;
  for (const character of accountId) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % databases;
}

function flushMs(): number {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-flush-'));
  const file = openSync(join(folder, 'log'), 'w');
  const durations = Array.from({ length: 101 }, () => {
    const startedAt = performance.now();
    writeSync(file, Buffer.alloc(8_192));
    fdatasyncSync(file);
    return performance.now() - startedAt;
  }).sort((a, b) => a - b);
  rmSync(folder, { recursive: true });
  return durations[50] ?? 0;
}

function micros(ms: number): string {
  return `${Math.round(ms * 1_000)} us`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
