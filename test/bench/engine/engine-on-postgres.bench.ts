import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { alternate } from '../alternate.ts';
import type { Bench } from '../bench.ts';
import { withPostgres } from '../support/with-postgres.ts';
import { accountIds, Engine, rateOf } from './engine.ts';
import { RawPostgres } from './raw-postgres.ts';

const accounts = 1_000;
const operations = 6_400;

export const bench: Bench = {
  name: 'engine-on-postgres',
  description: 'consumes in process, 64 under way over 1,000 accounts, against the barest batched statements',
  target: 0.5,
  measure: () =>
    withPostgres(async (server) => {
      const ids = accountIds(accounts);
      const engine = new Engine(await createPostgresStore({ url: await server.freshUrl() }));
      await engine.createAccounts(ids);
      const raw = await RawPostgres.open(await server.freshUrl(), accounts);
      const { ratio, ours, theirs } = await alternate(
        9,
        () => rateOf(operations, 64, () => engine.consume(ids[Math.floor(Math.random() * accounts)] ?? '')),
        () => raw.debit(operations),
      );
      await engine.store.close();
      await raw.close();
      return { ratio, figures: { 'consumes a second': ours, 'bare debits a second': theirs } };
    }),
};
