import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { alternate } from '../alternate.ts';
import type { Bench } from '../bench.ts';
import { accountIds, Engine, rateOf } from '../engine/engine.ts';
import { withPostgres } from '../support/with-postgres.ts';

const accounts = 1_000;
const operations = 6_400;

export const bench: Bench = {
  name: 'hot-account-on-postgres',
  description: 'consumes of one account, 64 under way, against consumes spread over 1,000 accounts',
  target: 0.9,
  measure: () =>
    withPostgres(async (server) => {
      const ids = accountIds(accounts);
      const engine = new Engine(await createPostgresStore({ url: await server.freshUrl() }));
      await engine.createAccounts(ids);
      const { ratio, ours, theirs } = await alternate(
        9,
        () => rateOf(operations, 64, () => engine.consume(ids[0] ?? '')),
        () => rateOf(operations, 64, () => engine.consume(ids[Math.floor(Math.random() * accounts)] ?? '')),
      );
      await engine.store.close();
      return { ratio, figures: { 'of one account a second': ours, 'of 1,000 accounts a second': theirs } };
    }),
};
