import { join } from 'node:path';
import { newIdempotencyKey } from '@usagekit/server/contract';
import type { Bench } from '../bench.ts';
import { accountIds } from '../engine/engine.ts';
import { startBenchServer } from '../support/bench-server.ts';
import { millisecondsOverHttp, rateOverHttp } from '../support/http-load.ts';
import { makeIdleAccounts } from '../support/idle-accounts.ts';
import { withFolder } from '../support/with-folder.ts';
import { consumeRequest, createAccounts } from './consume-over-http.ts';

const idleAccounts = 100_000;
const accounts = 1_000;
const connections = 64;
const requestsAtFullLoad = 12_800;
/** Long enough for the journal to be folded again and again, and for what a server does each 30 seconds. */
const secondsAtHalfLoad = 35;

export const bench: Bench = {
  name: 'p99-at-half-load',
  description:
    'the 99th percentile of the bare HTTP stack, against that of consumes at the same pace, half of the full load on SQLite with 100,000 idle accounts; folds and ticks are in it',
  // 5 ms against 25 ms on the machines that this was measured on.
  target: 0.2,
  measure: () =>
    withFolder(async (folder) => {
      const file = join(folder, 'server.db');
      await makeIdleAccounts(file, idleAccounts);
      const [real, constant] = await Promise.all([
        startBenchServer('consume', file),
        startBenchServer('constant'),
      ]);
      try {
        const ids = accountIds(accounts);
        await createAccounts(real, ids);
        const next = () =>
          consumeRequest(ids[Math.floor(Math.random() * accounts)] ?? '', newIdempotencyKey());
        const load = { connections, next };
        const fullRate = await rateOverHttp({ ...load, port: real.port, requests: requestsAtFullLoad });
        const paced = { ...load, requestsASecond: fullRate / 2, seconds: secondsAtHalfLoad };
        // At once, so that what else the machine does meets both.
        const [ours, bare] = await Promise.all([
          millisecondsOverHttp({ ...paced, port: real.port }),
          millisecondsOverHttp({ ...paced, port: constant.port }),
        ]);
        return {
          ratio: percentile(bare, 0.99) / percentile(ours, 0.99),
          figures: {
            'full load, consumes a second': fullRate,
            'p50 of consumes, milliseconds': percentile(ours, 0.5),
            'p99 of consumes, milliseconds': percentile(ours, 0.99),
            'longest consume, milliseconds': percentile(ours, 1),
            'p99 of constant answers, milliseconds': percentile(bare, 0.99),
          },
        };
      } finally {
        await Promise.all([real.stop(), constant.stop()]);
      }
    }),
};

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
