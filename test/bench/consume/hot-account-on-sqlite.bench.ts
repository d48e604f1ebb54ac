import { join } from 'node:path';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { alternate } from '../alternate.ts';
import type { Bench } from '../bench.ts';
import { accountIds, Engine, rateOf } from '../engine/engine.ts';
import { withFolder } from '../support/with-folder.ts';

const accounts = 1_000;
const operations = 12_800;

export const bench: Bench = {
  name: 'hot-account-on-sqlite',
  description: 'consumes of one account, 64 under way, against consumes spread over 1,000 accounts',
  target: 0.9,
  measure: () =>
    withFolder(async (folder) => {
      const ids = accountIds(accounts);
      const engine = new Engine(createSqliteStore({ file: join(folder, 'engine.db') }));
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
