import { randomUUID } from 'node:crypto';
import { newIdempotencyKey, paths } from '@usagekit/server/contract';
import { alternate } from '../alternate.ts';
import type { Measurement } from '../bench.ts';
import { accountIds } from '../engine/engine.ts';
import { type BenchServer, benchKey, type ProcessorTime, startBenchServer } from '../support/bench-server.ts';
import { postRequest, rateOverHttp } from '../support/http-load.ts';

const accounts = 1_000;
const connections = 64;
const requestsARound = 12_800;
const rounds = 7;
const refusedShare = 0.01;

/** Consumes over HTTP, durable in the database, against the same stack answering a constant. */
export async function measureConsumeOverHttp(database: string): Promise<Measurement> {
  const [real, constant, whole] = await Promise.all([
    startBenchServer('consume', database),
    startBenchServer('constant'),
    startBenchServer('constant-whole'),
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
    const answerConstantOf = (server: BenchServer) =>
      rateOverHttp({
        port: server.port,
        connections,
        requests: requestsARound,
        next: () => consumeRequest(spread(), newIdempotencyKey()),
      });
    const answerConstant = () => answerConstantOf(constant);
    const usedBefore = await usedBy([real, constant]);
    const ordered = await alternate(rounds, consumeWith(newIdempotencyKey, spread), answerConstant);
    const usedAfter = await usedBy([real, constant]);
    // `alternate` warms up with a round of each.
    const requests = (rounds + 1) * requestsARound;
    const microseconds = (side: 0 | 1, of: keyof ProcessorTime) =>
      ((usedAfter[side]?.[of] ?? Number.NaN) - (usedBefore[side]?.[of] ?? Number.NaN)) / requests;
    const random = await alternate(3, consumeWith(randomUUID, spread), answerConstant);
    const held = await alternate(3, consumeWith(newIdempotencyKey, spread), () => answerConstantOf(whole));
    const undisturbed = await real.whilePaused(async () => {
      await answerConstant();
      return answerConstant();
    });
    return {
      ratio: ordered.ratio,
      figures: {
        'consumes a second': ordered.ours,
        'constant answers a second': ordered.theirs,
        'constant answers a second while ours stands still': undisturbed,
        'ratio to those': ordered.ours / undisturbed,
        'microseconds of processor time a consume': microseconds(0, 'all'),
        'of these, of the thread that decides': microseconds(0, 'deciding'),
        'microseconds of processor time a constant answer': microseconds(1, 'all'),
        'of these, of the thread that answers': microseconds(1, 'deciding'),
        'ratio by processor time': microseconds(1, 'all') / microseconds(0, 'all'),
        'ratio by processor time of that thread': microseconds(1, 'deciding') / microseconds(0, 'deciding'),
        'ratio with random keys': random.ratio,
        'constant answers a second by the way of whole requests': held.theirs,
        'ratio to those by the way of whole requests': held.ratio,
      },
    };
  } finally {
    await Promise.all([real.stop(), constant.stop(), whole.stop()]);
  }
}

function usedBy(servers: readonly BenchServer[]): Promise<ProcessorTime[]> {
  return Promise.all(servers.map((server) => server.processorTime()));
}

/** Calls as the server's README makes them: a member, a category, a model and two tools. One in a hundred is refused. */
export function consumeRequest(accountId: string, key: string): string {
  const isRefused = Math.random() < refusedShare;
  const items = isRefused
    ? [{ metric: 'emails', quantity: '1000' }]
    : [
        { model: 'swift-1' },
        { tool: 'search', calls: 2 },
        { tool: 'search', integration: 'premium', calls: 1 },
      ];
  const body = JSON.stringify({ accountId, memberId: 'mia', category: 'agent', items });
  return postRequest(paths.consume, body, { Authorization: `Bearer ${benchKey}`, 'Idempotency-Key': key });
}

export async function createAccounts(server: BenchServer, ids: readonly string[]): Promise<void> {
  const headers = { Authorization: `Bearer ${benchKey}`, 'Content-Type': 'application/json' };
  for (let from = 0; from < ids.length; from += 50) {
    await Promise.all(
      ids.slice(from, from + 50).map(async (id) => {
        for (const path of [paths.account(id), paths.member(id, 'mia')]) {
          const response = await fetch(`http://127.0.0.1:${server.port}${path}`, {
            method: 'PUT',
            headers,
            body: '{}',
          });
          if (!response.ok) throw new Error(await response.text());
        }
      }),
    );
  }
}
