import { createHash } from 'node:crypto';
import type { MovableDatabase } from '../../store/move/movable-database.ts';
import { type MovedCounts, moveDatabase } from '../../store/move/move-database.ts';
import type { MovedTable } from '../../store/move/moved-tables.ts';
import { openSqliteRows } from '../../store/sqlite/upkeep/sqlite-rows.ts';

/** Opens a PostgreSQL database by its address, or a SQLite file, to be read or written whole. */
export async function openRows(
  place: { readonly url: string; readonly schema: string | null } | { readonly file: string },
  use: 'at_rest' | 'snapshot',
): Promise<MovableDatabase> {
  if ('file' in place) return openSqliteRows(place.file);
  // The driver is loaded by those alone who use it.
  const { openPostgresRows } = await import('../../store/postgres/upkeep/postgres-rows.ts');
  return openPostgresRows({
    url: place.url,
    use,
    ...(place.schema === null ? {} : { schema: place.schema }),
  });
}

/** Copies everything, and compares it. @throws MoveError */
export function copyRows(
  source: MovableDatabase,
  target: MovableDatabase,
  tell: (table: MovedTable, rows: number) => void = () => {},
): Promise<MovedCounts> {
  return moveDatabase(source, target, {
    digest: (text) => createHash('sha256').update(text).digest(),
    tell,
  });
}
