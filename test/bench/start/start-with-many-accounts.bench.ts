import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { makeIdleAccounts } from '../support/idle-accounts.ts';
import { withFolder } from '../support/with-folder.ts';
import { startServing } from './served-start.ts';

const accounts = 1_000_000;
const boundMs = 2_000;

export const bench: Bench = {
  name: 'start-with-many-accounts',
  description:
    'two seconds, against the time in which a server listens on a file with a million accounts and answers of one of them',
  target: 1,
  measure: () =>
    withFolder(async (folder) => {
      const file = join(folder, 'many.db');
      await makeIdleAccounts(file, accounts);
      const empty = await startServing(join(folder, 'empty.db'), 'none');
      const { listensMs, answersMs } = await startServing(file, 'idle-0500000');
      return {
        ratio: boundMs / answersMs,
        figures: {
          'listens on an empty file, milliseconds': empty.listensMs,
          'listens, milliseconds': listensMs,
          'answers of an account, milliseconds': answersMs,
        },
      };
    }),
};
