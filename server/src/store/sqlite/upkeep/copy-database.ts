import { backup, type DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { isSqliteError } from '../open/sqlite-error.ts';

/** While they are copied, a commit waits: about a millisecond. */
const pagesCopiedAtOnce = 100;

/** A second and more, where a commit takes a millisecond or a few. */
const triesMax = 100;
const betweenTriesMs = 10;

/**
 * Copies the database off this thread, a number of pages at a time. Node gives up, with an error that tells nothing (`not an error`), where the
 * first pages are asked for while this connection is in the middle of a commit, and is asked again.
 * @throws SQLite's error.
 */
export async function copyDatabase(database: DatabaseSync, target: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await backup(database, target, { rate: pagesCopiedAtOnce });
      return;
    } catch (error) {
      if (tries === triesMax || !isSqliteError(error) || error.errcode !== 0) throw error;
    }
    await pause(betweenTriesMs);
  }
}
