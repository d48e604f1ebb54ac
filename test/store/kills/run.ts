/**
 * The long form of survives-kills.test.ts, by hand: `npx node --conditions=source test/store/kills/run.ts --store sqlite`.
 * Kills servers for minutes and says what was proved; ends with 1 where anything was lost or done twice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../support/postgres-server.ts';
import type { Database } from '../served/served-process.ts';
import { type Survival, surviveKills } from './survive-kills.ts';

const usage =
  'node --conditions=source test/store/kills/run.ts --store sqlite|postgres [--minutes 5] [--seed 1]';
const differencesShownMax = 20;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      store: { type: 'string' },
      minutes: { type: 'string', default: '5' },
      seed: { type: 'string', default: String(Date.now()) },
    },
  });
  const withDatabase = { sqlite: withFile, postgres: withPostgres }[values.store ?? ''];
  if (withDatabase === undefined) throw new Error(usage);
  const seed = Number(values.seed);
  process.stdout.write(`Seed ${seed}.\n`);
  return withDatabase(async (database, servers) => {
    const endsMs = Date.now() + Number(values.minutes) * 60_000;
    const survival = await surviveKills({
      database,
      servers,
      accounts: 8,
      concurrency: 6,
      answersBetweenKillsMax: 3_000,
      goesOn: () => Date.now() < endsMs,
      seed,
    });
    process.stdout.write(report(survival, servers));
    return survival.differences.length === 0 ? 0 : 1;
  });
}

function report(survival: Survival, servers: number): string {
  const { kills, answered, refused, unanswered, holds, settlements, differences, reconciled } = survival;
  const count = (value: number) => value.toLocaleString('en');
  const verdict =
    differences.length === 0
      ? 'Every answered command is there once with its amount, nothing else is there, and what was asked again gave the same answer.'
      : `NOT PROVED: ${differences.length} differences.\n${differences.slice(0, differencesShownMax).join('\n')}`;
  return [
    `${count(kills)} kills of ${servers === 1 ? 'the server' : `one of ${servers} servers`} under load.`,
    `${count(answered)} commands answered (${count(refused)} of them refused or too late), ${count(unanswered)} sent again because no answer came.`,
    `${count(holds)} holds, ${count(settlements)} settlements among them.`,
    verdict,
    `usagekit reconcile: ${reconciled}`,
    '',
  ].join('\n');
}

type Run = (database: Database, servers: number) => Promise<number>;

async function withFile(run: Run): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-killed-'));
  try {
    return await run(join(folder, 'usage.db'), 1);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function withPostgres(run: Run): Promise<number> {
  const postgres = await startPostgres({ durable: true });
  try {
    return await run(await postgres.freshUrl(), 2);
  } finally {
    await postgres.stop();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
