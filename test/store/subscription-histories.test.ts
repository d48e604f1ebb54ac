import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { createMemoryStore } from '../../server/src/store/memory/memory-store.ts';
import { createPostgresStore } from '../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';
import fc from '../support/fast-check.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { history, type Step, start } from '../unit/domain/reference-model/subscription-commands.ts';
import { runHistory } from './subscription-history.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-subscriptions-'));
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Ends in the last days of a trial, when nothing has fallen due but the notice of its end. */
const untilTrialEnds: [startsAt: string, steps: Step[]] = [
  '2026-06-10T00:00:00.000Z',
  [
    { kind: 'command', command: { kind: 'change_plan', planId: 'solo', interval: 'month', trial: true } },
    { kind: 'move', ms: 8 * 86_400_000 },
  ],
];

/** Histories that found differences once, and those of the run's own seed; a failure names it. */
it.each([
  ['histories that found differences', 20_260_131, 8],
  ["histories of the run's seed", fc.readConfigureGlobal().seed ?? Date.now() % 2 ** 31, 4],
])(
  'L63, L102 to L114, L117, L118, L121, L124, L125, L127, L133, L134, L140: over random histories of commands, uses and clock moves a subscription is that of the plain model, the same on every store, and a preview is what the change does (%s)',
  async (_name, seed, numRuns) => {
    const postgresUrl = await postgres.freshUrl();
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(start, history, async (startsAt, steps) => {
        const run = runs++;
        const stores = [
          createMemoryStore(),
          createSqliteStore({ file: join(folder, `${seed}-${run}.db`) }),
          await createPostgresStore({ url: postgresUrl, connectionsMax: 4 }),
        ];
        await runHistory(stores, `acme-${run}`, startsAt, steps);
      }),
      { numRuns, seed, examples: [untilTrialEnds] },
    );
  },
  240_000,
);
