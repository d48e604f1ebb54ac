import { createGroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { sampleAccount, spend } from '../account-samples.ts';

/**
 * One of several server processes on one database: `node spender.ts <url> <accounts> <commands> <credits>`
 * makes the accounts where they are missing, waits for a line on standard input, sends the commands as fast as it can,
 * and prints how each ended.
 */
const [url = '', accounts = '1', commands = '1', credits = '0'] = process.argv.slice(2);
const store = await createPostgresStore({ url, connectionsMax: 3 });
const commit = createGroupCommit({ store, schedule: setImmediate, batchRowsMax: 200 });

const made = await Promise.all(
  Array.from({ length: Number(accounts) }, (_, index) => makeOnce(`a-${index}`)),
);
process.stdout.write('ready\n');
await new Promise((resolve) => process.stdin.once('data', resolve));

const results = await Promise.all(
  Array.from({ length: Number(commands) }, (_, index) => {
    const accountId = `a-${index % Number(accounts)}`;
    return commit.submit(spend({ accountId, key: `k-${index}` }));
  }),
);
process.stdout.write(`${JSON.stringify({ made, results })}\n`);
await commit.drain();
await store.close();
process.stdin.destroy();

function makeOnce(id: string): Promise<boolean> {
  return store.write({ accountIds: [id] }, (loaded) =>
    loaded.account(id) === undefined
      ? { writes: { accounts: [sampleAccount(id, BigInt(credits) * 1_000_000n)] }, result: true }
      : { writes: {}, result: false },
  );
}
