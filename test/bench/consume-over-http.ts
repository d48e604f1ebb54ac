import { randomUUID } from 'node:crypto';
import { newIdempotencyKey, paths } from '@usagekit/server/contract';
import { alternate } from './alternate.ts';
import type { Measurement } from './bench.ts';
import { type BenchServer, benchKey, startBenchServer } from './bench-server.ts';
import { accountIds } from './engine.ts';
import { postRequest, rateOverHttp } from './http-load.ts';

const accounts = 1_000;
const connections = 64;
const requestsARound = 12_800;
const rounds = 7;

/** Consumes over HTTP, durable in the database, against the same stack answering a constant. */
export async function measureConsumeOverHttp(database: string): Promise<Measurement> {
  const [real, constant] = await Promise.all([
    startBenchServer('consume', database),
    startBenchServer('constant'),
  ]);
  try {
    const ids = accountIds(accounts);
    await createAccounts(real, ids);
    const consumeWith = (newKey: () => string, pick: () => string) => () =>
      rateOverHttp({
        port: real.port,
        connections,
        requests: requestsARound,
        next: () => consumeRequest(pick(), newKey()),
      });
    const spread = () => ids[Math.floor(Math.random() * accounts)] ?? '';
    const answerConstant = () =>
      rateOverHttp({
        port: constant.port,
        connections,
        requests: requestsARound,
        next: () => consumeRequest(spread(), newIdempotencyKey()),
      });
    const ordered = await alternate(rounds, consumeWith(newIdempotencyKey, spread), answerConstant);
    const random = await alternate(3, consumeWith(randomUUID, spread), answerConstant);
    return {
      ratio: ordered.ratio,
      figures: {
        'consumes a second': ordered.ours,
        'constant answers a second': ordered.theirs,
        'ratio with random keys': random.ratio,
      },
    };
  } finally {
    await Promise.all([real.stop(), constant.stop()]);
  }
}

function consumeRequest(accountId: string, key: string): string {
  const body = JSON.stringify({ accountId, items: [{ model: 'swift-1' }], agentId: 'writer' });
  return postRequest(paths.consume, body, { Authorization: `Bearer ${benchKey}`, 'Idempotency-Key': key });
}

async function createAccounts(server: BenchServer, ids: readonly string[]): Promise<void> {
  const headers = { Authorization: `Bearer ${benchKey}`, 'Content-Type': 'application/json' };
  for (let from = 0; from < ids.length; from += 50) {
    await Promise.all(
      ids.slice(from, from + 50).map(async (id) => {
        const response = await fetch(`http://127.0.0.1:${server.port}${paths.account(id)}`, {
          method: 'PUT',
          headers,
          body: '{}',
        });
        if (!response.ok) throw new Error(await response.text());
      }),
    );
  }
}
