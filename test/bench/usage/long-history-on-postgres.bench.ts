import { createPostgresStore } from '../../../server/src/store/postgres/postgres-store.ts';
import { alternate } from '../alternate.ts';
import type { Bench } from '../bench.ts';
import { Engine, rateOf } from '../engine/engine.ts';
import { withPostgres } from '../support/with-postgres.ts';
import { addHistory } from './long-history.ts';

const operations = 6_400;

export const bench: Bench = {
  name: 'long-history-on-postgres',
  description: 'consumes of an account with 1,000,000 ledger entries behind it, against one with 1,000',
  target: 0.9,
  measure: () =>
    withPostgres(async (server) => {
      const engine = new Engine(await createPostgresStore({ url: await server.freshUrl() }));
      // The last account of all has the end of every index to itself, which is quicker to write: neither of the two is it.
      await engine.createAccounts(['long', 'short', 'zzz']);
      await addHistory(engine.store, 'long', 1_000_000);
      await addHistory(engine.store, 'short', 1_000);
      await addHistory(engine.store, 'zzz', 1_000);
      const { ratio, ours, theirs } = await alternate(
        9,
        () => rateOf(operations, 64, () => engine.consume('long')),
        () => rateOf(operations, 64, () => engine.consume('short')),
      );
      await engine.store.close();
      return {
        ratio,
        figures: { 'after 1,000,000 entries a second': ours, 'after 1,000 entries a second': theirs },
      };
    }),
};
