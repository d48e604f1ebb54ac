import { join } from 'node:path';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { alternate } from '../alternate.ts';
import type { Bench } from '../bench.ts';
import { withFolder } from '../support/with-folder.ts';
import { accountIds, Engine, rateOf, rateUpToDate } from './engine.ts';
import { RawSqlite } from './raw-sqlite.ts';

const accounts = 1_000;
const operations = 12_800;

export const bench: Bench = {
  name: 'engine-on-sqlite',
  description: 'consumes in process, 64 under way over 1,000 accounts, against the barest batched statements',
  target: 0.5,
  measure: () =>
    withFolder(async (folder) => {
      const ids = accountIds(accounts);
      const engine = new Engine(createSqliteStore({ file: join(folder, 'engine.db') }));
      await engine.createAccounts(ids);
      const raw = new RawSqlite(join(folder, 'raw.db'), accounts);
      const consume = () => engine.consume(ids[Math.floor(Math.random() * accounts)] ?? '');
      const debit = async () => raw.debit(operations);
      const { ratio, ours, theirs } = await alternate(9, () => rateOf(operations, 64, consume), debit);
      const upToDate = await alternate(
        5,
        () => rateUpToDate(engine.store, ids, 2 * operations, consume),
        debit,
      );
      await engine.store.close();
      raw.close();
      return {
        ratio,
        figures: {
          'consumes a second': ours,
          'bare debits a second': theirs,
          'ratio with what is put off until the store is idle': upToDate.ratio,
        },
      };
    }),
};
