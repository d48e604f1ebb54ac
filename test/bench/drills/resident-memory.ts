import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  memoryMegabytesDefault,
  memoryMegabytesMin,
} from '../../../server/src/node/database/share-memory.ts';
import { type Database, servedKey, startServed } from '../../store/served/served-process.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { rateOverHttp } from '../support/http-load.ts';
import { makeIdleAccounts, makeIdleAccountsOnPostgres } from '../support/idle-accounts.ts';
import { withFolder } from '../support/with-folder.ts';
import { withPostgres } from '../support/with-postgres.ts';

/*
 * How much memory a real server holds while a consume comes for each of many accounts, at several values of `--memory`:
 * `npx node --conditions=source test/bench/drills/resident-memory.ts 200000`. The resident set is the operating system's figure.
 */

const count = Number(process.argv[2] ?? 200_000);
const settings = process.argv.slice(3).map(Number);
const memoryDefaults = [memoryMegabytesMin, memoryMegabytesDefault, 2_000];
const [connections, pieces] = [64, 10];

await withFolder(async (folder) => {
  const catalogFile = join(folder, 'catalog.json');
  writeFileSync(catalogFile, JSON.stringify(smallCatalogConfig));
  for (const memory of settings.length > 0 ? settings : memoryDefaults) {
    const file = join(folder, `memory-${memory}.db`);
    await makeIdleAccounts(file, count);
    await touchAll('SQLite', file, catalogFile, memory);
    await withPostgres(async (postgres) => {
      const url = await postgres.freshUrl();
      await makeIdleAccountsOnPostgres(url, count);
      await touchAll('PostgreSQL', url, catalogFile, memory);
    });
  }
});
process.exit(0);

async function touchAll(
  what: string,
  database: Database,
  catalogFile: string,
  memory: number,
): Promise<void> {
  const server = await startServed(database, catalogFile, ['--memory', String(memory)]);
  const sizes = [megabytesOf(server.pid)];
  let next = 0;
  for (let piece = 0; piece < pieces; piece++) {
    await rateOverHttp({
      port: Number(new URL(server.url).port),
      connections,
      requests: count / pieces,
      next: () => consume(`idle-${String(++next).padStart(7, '0')}`),
    });
    sizes.push(megabytesOf(server.pid));
  }
  console.log(`${what}, at most ${memory} MB, ${count} accounts used: ${sizes.join(', ')} MB`);
  await server.stop();
}

function consume(accountId: string): string {
  const body = JSON.stringify({ accountId, items: [{ metric: 'exports', quantity: '1' }] });
  return [
    'POST /v1/consume HTTP/1.1',
    'Host: 127.0.0.1',
    `Authorization: Bearer ${servedKey}`,
    'Content-Type: application/json',
    `Idempotency-Key: ${crypto.randomUUID()}`,
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

function megabytesOf(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kilobytes) / 1_024);
}
