import { newIdempotencyKey } from '@usagekit/server/contract';
import { alternate } from './alternate.ts';
import { openBareCommits } from './bare-commits.ts';
import type { Measurement } from './bench.ts';
import { type BenchServer, startBenchServer } from './bench-server.ts';
import { consumeRequest, createAccounts } from './consume-over-http.ts';
import { accountIds } from './engine.ts';
import { rateOverHttp } from './http-load.ts';

const accounts = 100;
const requestsARound = 400;

/**
 * Consumes over HTTP, one after another, against bare durable commits on the same database, one after another; in addition against a
 * server that does nothing but such a commit for each request.
 * @param freshDatabase Gives a database of that name that does not exist yet, or is empty.
 */
export async function measureSingleCaller(
  freshDatabase: (name: string) => Promise<string>,
): Promise<Measurement> {
  const server = await startBenchServer('consume', await freshDatabase('server'));
  const bareServer = await startBenchServer('commit', await freshDatabase('bare-server'));
  const bare = await openBareCommits(await freshDatabase('bare'));
  try {
    const ids = accountIds(accounts);
    await createAccounts(server, ids);
    const next = () => consumeRequest(ids[Math.floor(Math.random() * accounts)] ?? '', newIdempotencyKey());
    const oneAfterAnother = ({ port }: BenchServer) =>
      rateOverHttp({ port, connections: 1, requests: requestsARound, next });
    const bareCommits = async () => {
      const startedAt = performance.now();
      for (let done = 0; done < requestsARound; done++) await bare.commit();
      return (requestsARound * 1_000) / (performance.now() - startedAt);
    };
    const { ratio, ours, theirs } = await alternate(9, () => oneAfterAnother(server), bareCommits);
    const overHttp = await alternate(
      5,
      () => oneAfterAnother(server),
      () => oneAfterAnother(bareServer),
    );
    return {
      ratio,
      figures: {
        'milliseconds a consume': 1_000 / ours,
        'milliseconds a bare commit': 1_000 / theirs,
        'milliseconds a bare commit over the same HTTP stack': 1_000 / overHttp.theirs,
        'ratio to a bare commit over the same HTTP stack': overHttp.ratio,
      },
    };
  } finally {
    await bare.close();
    await Promise.all([server.stop(), bareServer.stop()]);
  }
}
