import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { StoreFinding } from '../../store.ts';
import { migrations } from '../migrations.ts';
import { databaseFiles } from '../open/database-files.ts';

/** Permission bits of the group and of others. */
const othersMask = 0o077;

/** What an operator should know about an open database file. */
export function inspectFile(database: DatabaseSync, file: string): StoreFinding[] {
  const version = Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
  const format = `The tables have format ${version} of ${migrations.length}.`;
  return [
    { check: 'formats', level: version === migrations.length ? 'ok' : 'error', detail: format },
    { check: 'durability', level: 'ok', detail: 'Every answer waits for an fsync of the file.' },
    ...permissionsOf(file),
  ];
}

function permissionsOf(file: string): StoreFinding[] {
  const open = databaseFiles(file).flatMap((name): StoreFinding[] => {
    const mode = statSync(name, { throwIfNoEntry: false })?.mode ?? 0;
    if ((mode & othersMask) === 0) return [];
    const octal = (mode & 0o777).toString(8).padStart(4, '0');
    const detail = `${name} has mode ${octal}, and what signs tokens is in it: chmod 600 ${name}`;
    return [{ check: 'permissions', level: 'warning', detail }];
  });
  if (open.length > 0) return open;
  return [{ check: 'permissions', level: 'ok', detail: `${file} is its owner's alone.` }];
}
