import { writeSync } from 'node:fs';
import { createGroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { putAccount } from '../account-samples.ts';
import { writerAccounts, writerCommand } from './writer-commands.ts';

/**
 * A process that spends and spends until somebody kills it: `node writer.ts <file> <first command>`. Each
 * answered command's number is a line of standard output, and so is `thread`, once a thread of its own has begun to fold.
 */
const [file = '', first = '0'] = process.argv.slice(2);
// Folding begins early and goes on all the time, so that a kill meets it at every stage.
const store = createSqliteStore({ file, foldIdleMs: 1, foldCharacters: 20_000, writeThreadCharacters: 1 });
const commit = createGroupCommit({ store, schedule: setImmediate });

for (const account of writerAccounts) {
  if ((await store.readAccount(account.profile.id)) === undefined) await putAccount(store, account);
}

let next = Number(first);
let hasThread = false;
await Promise.all(
  Array.from({ length: 32 }, async () => {
    for (;;) {
      const number = next;
      next += 1;
      await commit.submit(writerCommand(number));
      tell(String(number));
      if (hasThread || store.stats().fold_slices_of_thread_total === 0) continue;
      hasThread = true;
      tell('thread');
    }
  }),
);

/** Whoever reads may be slow: what the pipe has no room for is written again. */
function tell(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}
