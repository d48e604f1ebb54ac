import { pathToFileURL } from 'node:url';

/** Whether several connections of this process can share a file that no other process may open. SQLite has it on Unix alone. */
export function canBeShared(file: string): boolean {
  return file !== ':memory:' && file !== '' && process.platform !== 'win32';
}

/**
 * The file as SQLite is to open it for several connections of this process. The first one locks it for the process until the last one is
 * closed, and the index of the log is in memory that they share: https://www.sqlite.org/vfs.html#standard_unix_vfses
 */
export function sharedLocation(file: string): URL {
  const location = pathToFileURL(file);
  location.searchParams.set('vfs', 'unix-excl');
  return location;
}
