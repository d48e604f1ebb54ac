import { DatabaseSync } from 'node:sqlite';
import { textColumn } from '../../sql/columns.ts';

/** Reads the whole file and says what is damaged; null if nothing is. The caller must be the only user of the file. */
export function findDamage(file: string): string | null {
  const database = new DatabaseSync(file);
  try {
    const found = database.prepare('PRAGMA integrity_check(1)').get();
    const verdict = found === undefined ? 'no answer' : textColumn(found, 'integrity_check');
    return verdict === 'ok' ? null : verdict;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    database.close();
  }
}
