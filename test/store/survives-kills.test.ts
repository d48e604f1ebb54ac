import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startPostgres } from '../support/postgres-server.ts';
import { surviveKills } from './kills/survive-kills.ts';

const places = {
  'one server on SQLite': {
    servers: 1,
    open: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'usagekit-killed-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      return join(folder, 'usage.db');
    },
  },
  'one of two servers on PostgreSQL': {
    servers: 2,
    open: async () => {
      const postgres = await startPostgres();
      onTestFinished(() => postgres.stop());
      return postgres.freshUrl();
    },
  },
};

it.each(Object.entries(places))(
  'F1, F2: keeps every answered command, and none twice, when %s is killed again and again under load',
  async (_name, { servers, open }) => {
    const survival = await surviveKills({
      database: await open(),
      servers,
      accounts: 4,
      concurrency: 6,
      answersBetweenKillsMax: 400,
      goesOn: (kills) => kills < 2,
      seed: 1,
    });
    expect(survival.differences).toEqual([]);
    expect(survival.reconciled).toBe('4 accounts, 0 balances that drifted.');
    // Nothing is proved unless commands were cut off, credits ran out, and holds were made and settled.
    expect(survival.kills).toBe(2);
    for (const count of [survival.unanswered, survival.refused, survival.holds, survival.settlements])
      expect(count).toBeGreaterThan(0);
  },
  120_000,
);
