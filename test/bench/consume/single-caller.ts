import { newIdempotencyKey } from '@usagekit/server/contract';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { alternate } from '../alternate.ts';
import type { Measurement } from '../bench.ts';
import { accountIds, Engine, rateOf } from '../engine/engine.ts';
import { openBareCommits } from '../support/bare-commits.ts';
import { type BenchServer, startBenchServer } from '../support/bench-server.ts';
import { rateOverHttp } from '../support/http-load.ts';
import { consumeRequest, createAccounts } from './consume-over-http.ts';

const accounts = 100;
const requestsARound = 400;
/**
 * So many come first, one after another. By then the code is compiled, and the log of a SQLite file is almost as long as it becomes: it is written
 * over from then on. While a file grows, the disk takes more than twice as long.
 */
const requestsBefore = 6_000;
/** The log of bare commits never has more than a thousand pages. */
const bareCommitsBefore = 1_500;

/**
 * Consumes over HTTP, one after another, against bare durable commits on the same database, one after another; in addition against a
 * server that does nothing but such a commit for each request, and the same without HTTP.
 * @param freshDatabase Gives a database of that name that does not exist yet, or is empty.
 */
export async function measureSingleCaller(
  freshDatabase: (name: string) => Promise<string>,
): Promise<Measurement> {
  const server = await startBenchServer('consume', await freshDatabase('server'));
  const bareServer = await startBenchServer('commit', await freshDatabase('bare-server'));
  const bare = await openBareCommits(await freshDatabase('bare'));
  const engine = new Engine(await openStore(await freshDatabase('engine')));
  try {
    const ids = accountIds(accounts);
    await createAccounts(server, ids);
    await engine.createAccounts(ids);
    const anyId = () => ids[Math.floor(Math.random() * accounts)] ?? '';
    const next = () => consumeRequest(anyId(), newIdempotencyKey());
    const oneAfterAnother = ({ port }: BenchServer, requests = requestsARound) =>
      rateOverHttp({ port, connections: 1, requests, next });
    const bareCommits = (commits = requestsARound) => rateOf(commits, 1, () => bare.commit());
    const inProcess = (consumes = requestsARound) => rateOf(consumes, 1, () => engine.consume(anyId()));
    await oneAfterAnother(server, requestsBefore);
    await oneAfterAnother(bareServer, bareCommitsBefore);
    await inProcess(requestsBefore);
    await bareCommits(bareCommitsBefore);
    const { ratio, ours, theirs } = await alternate(
      9,
      () => oneAfterAnother(server),
      () => bareCommits(),
    );
    const overHttp = await alternate(
      5,
      () => oneAfterAnother(server),
      () => oneAfterAnother(bareServer),
    );
    const withoutHttp = await alternate(
      9,
      () => inProcess(),
      () => bareCommits(),
    );
    return {
      ratio,
      figures: {
        'milliseconds a consume': 1_000 / ours,
        'milliseconds a bare commit': 1_000 / theirs,
        'milliseconds a bare commit over the same HTTP stack': 1_000 / overHttp.theirs,
        'ratio to a bare commit over the same HTTP stack': overHttp.ratio,
        'milliseconds a consume in process': 1_000 / withoutHttp.ours,
        'ratio of a consume in process to a bare commit': withoutHttp.ratio,
      },
    };
  } finally {
    await bare.close();
    await engine.store.close();
    await Promise.all([server.stop(), bareServer.stop()]);
  }
}

async function openStore(database: string): Promise<Store> {
  return database.includes('://')
    ? createPostgresStore({ url: database })
    : createSqliteStore({ file: database });
}
