import { copyFileSync } from 'node:fs';
import { createGroupCommit } from '../../../server/src/store/group-commit/group-commit.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { putAccount, sampleAccount, spend } from '../../store/account-samples.ts';

/** One of the accounts whose debits a killed file's journal holds. */
export const accountInJournal = 'a-1';

/**
 * Makes a file as a kill leaves it, with so many characters of journal: a copy of one whose process is still there.
 * @param file Where it is used; the copy is what is to be started on. Returns the debits that stand in the journal.
 */
export async function makeKilledFile(file: string, copy: string, characters: number): Promise<number> {
  const unfolding = { foldIdleMs: 1e9, foldCharacters: 1e12, foldCharactersMax: 1e12 };
  const store = createSqliteStore({ file, ...unfolding, writeThreadCharacters: 1e12 });
  const commit = createGroupCommit({ store, schedule: setImmediate });
  const accounts = Array.from({ length: 1_000 }, (_, index) => `a-${index}`);
  for (const id of accounts) await putAccount(store, sampleAccount(id, 10n ** 12n));
  let debits = 0;
  const spendOne = () =>
    commit.submit(spend({ accountId: accounts[debits % 1_000] ?? '', key: `k-${debits++}` }));
  while ((store.stats().journal_characters ?? 0) < characters)
    await Promise.all(Array.from({ length: 256 }, spendOne));
  copyFileSync(file, copy);
  copyFileSync(`${file}-wal`, `${copy}-wal`);
  return debits;
}
