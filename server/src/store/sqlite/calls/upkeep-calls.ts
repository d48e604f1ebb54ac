import { setImmediate as nextTurn, setTimeout as rest } from 'node:timers/promises';
import { SliceSize } from '../../parts/slice-budget.ts';
import { Sweep } from '../../parts/sweep.ts';
import type { UpkeepCalls } from '../../store-calls.ts';
import { StoreUnavailableError } from '../../store-errors.ts';
import { makePrivate } from '../open/open-database.ts';
import { failed, type OpenFile } from '../open/open-file.ts';
import type { CurrentRows } from '../rows/current-rows.ts';
import type { InstallationTables } from '../rows/installation-tables.ts';
import { copyDatabase } from '../upkeep/copy-database.ts';
import { inspectFile } from '../upkeep/inspect-file.ts';
import { notOverwritten, type OverwrittenSlice, type OverwrittenTo } from '../upkeep/overwrite-unused.ts';
import { SqliteErasure } from '../upkeep/sqlite-erasure.ts';
import { SqliteSweep } from '../upkeep/sqlite-sweep.ts';

export interface UpkeepParts {
  readonly file: OpenFile;
  readonly rows: CurrentRows;
  readonly tables: InstallationTables;
  /** Copies of the file that are under way. */
  readonly copying: Set<Promise<unknown>>;
  /** Hears of accounts that became others. */
  readonly changed: (accountIds: readonly string[]) => void;
}

export function upkeepCalls({ file, rows, tables, copying, changed }: UpkeepParts): UpkeepCalls {
  const { database, journal, folding } = file;
  const sweep = new Sweep(new SqliteSweep(database, journal, folding));
  const erasure = new SqliteErasure(database, journal);
  const recovered = async <Value>(action: () => Value): Promise<Value> => {
    if (!file.isRecovered) await file.recovery;
    await folding.settled();
    return file.attempt(action);
  };

  /** A copy that is under way would take along what is overwritten behind it. */
  const copiesEnded = async () => {
    while (copying.size > 0) await Promise.allSettled([...copying]);
  };

  /** Gives the number of pages that could not be. Commits wait for a slice, and have as long between two. */
  async function overwriteFile(): Promise<number> {
    let leftPages = 0;
    let from: OverwrittenTo | null = notOverwritten;
    while (from !== null) {
      await copiesEnded();
      file.assertOpen();
      const startedAtMs = performance.now();
      const { next, leftPages: left } = await overwriteSlice(from);
      leftPages += left;
      from = next;
      await rest(performance.now() - startedAtMs);
    }
    await file.flushed();
    return leftPages;
  }

  async function overwriteSlice(from: OverwrittenTo): Promise<OverwrittenSlice> {
    return (
      (await folding.overwriteApart(file.descriptor, from)) ??
      (await file.commit(() => erasure.overwriteHere(file.descriptor, from)))
    );
  }

  return {
    async eraseSlice(accountId, eraser, after) {
      if (!file.isRecovered) await file.recovery;
      // What was written before the mark names people still, wherever it waits.
      if (after === null) await folding.foldAll();
      return file.commit(() => erasure.slice(accountId, eraser, after));
    },

    async moveErasedAccount(accountId, erased) {
      if (!file.isRecovered) await file.recovery;
      await folding.foldAll();
      await file.commit(() => {
        erasure.moveAccount(accountId, erased);
        rows.forget(accountId);
      });
      changed([accountId, erased.profile.id]);
    },

    async overwriteErased() {
      if (!file.isRecovered) await file.recovery;
      const release = folding.keepHere();
      try {
        await copiesEnded();
        await folding.foldAll();
        await folding.atRest();
        file.attempt(() => erasure.beginOverwriting());
      } finally {
        release();
      }
      let leftPages = 0;
      try {
        if (file.isOnDisk) leftPages = await overwriteFile();
      } catch (cause) {
        throw new StoreUnavailableError('What the file does not use could not be overwritten.', { cause });
      }
      await file.commit(() => erasure.endOverwriting());
      return leftPages === 0 ? 'none' : 'unused_space';
    },

    async forgetOld(noun, beforeMs, limit) {
      const size = new SliceSize({ rowsMax: limit });
      let forgotten = 0;
      while (forgotten < limit) {
        const asked = Math.min(size.rows, limit - forgotten);
        const found = await recovered(() => {
          const took = size.begin();
          const rows =
            noun === 'answers'
              ? journal.forgetAnswers(beforeMs, asked)
              : tables.forgetOld(noun, beforeMs, asked);
          took(asked);
          return rows;
        });
        forgotten += found;
        if (found < asked) break;
        await nextTurn();
      }
      return forgotten;
    },

    hasOlder: (noun, beforeMs) =>
      recovered(() =>
        noun === 'answers' ? journal.answers.hasOlder(beforeMs) : tables.hasOlder(noun, beforeMs),
      ),

    async sweepStored() {
      if (!file.isRecovered) await file.recovery;
      file.assertOpen();
      try {
        return await sweep.slice();
      } catch (error) {
        throw failed(error);
      }
    },

    /** No other process is on the file. */
    takeLease: async () => true,

    readClockMs: async () => null,

    inspect: () => recovered(() => [...inspectFile(database, file.path), folding.finding]),

    probe: () => file.commit(() => tables.probe()),

    stats() {
      const { accounts, characters, answerCount } = journal.unfolded;
      return {
        journal_characters: characters,
        journal_accounts: accounts.size,
        journal_answers: answerCount,
        accounts_cached: rows.accountsCached,
        ...folding.stats,
      };
    },

    listSetAside: async (page) => file.attempt(() => journal.setAside.list(page)),

    /**
     * Uses this connection, since the file is locked for others; commits during the copy are copied too. The copy is made off
     * this thread, a number of pages at a time.
     */
    async copyTo(target) {
      if (!file.isRecovered) await file.recovery;
      file.assertOpen();
      makePrivate(target);
      // What another connection writes would begin the copy again.
      const release = folding.keepHere();
      const copy = folding.settled().then(() => {
        journal.otherWriter?.waitNow();
        return copyDatabase(database, target);
      });
      copying.add(copy);
      try {
        await copy;
      } catch (cause) {
        throw new StoreUnavailableError('The database could not be copied.', { cause });
      } finally {
        copying.delete(copy);
        release();
      }
    },
  };
}
