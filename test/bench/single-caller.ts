import { newIdempotencyKey } from '@usagekit/server/contract';
import { alternate } from './alternate.ts';
import type { Measurement } from './bench.ts';
import { startBenchServer } from './bench-server.ts';
import { consumeRequest, createAccounts } from './consume-over-http.ts';
import { accountIds } from './engine.ts';
import { rateOverHttp } from './http-load.ts';

const accounts = 100;
const requestsARound = 400;

/** Consumes over HTTP, one after another, against bare durable commits on the same database, one after another. */
export async function measureSingleCaller(
  database: string,
  commitsASecond: (commits: number) => Promise<number>,
): Promise<Measurement> {
  const server = await startBenchServer('consume', database);
  try {
    const ids = accountIds(accounts);
    await createAccounts(server, ids);
    const { ratio, ours, theirs } = await alternate(
      9,
      () =>
        rateOverHttp({
          port: server.port,
          connections: 1,
          requests: requestsARound,
          next: () => consumeRequest(ids[Math.floor(Math.random() * accounts)] ?? '', newIdempotencyKey()),
        }),
      () => commitsASecond(requestsARound),
    );
    return {
      ratio,
      figures: { 'milliseconds a consume': 1_000 / ours, 'milliseconds a bare commit': 1_000 / theirs },
    };
  } finally {
    await server.stop();
  }
}
