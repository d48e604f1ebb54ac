/**
 * The files of a database: itself, its log, and the index of the log where several connections are open to it. The last two are there while
 * it is open, and after its process was killed.
 */
export function databaseFiles(file: string): readonly [database: string, log: string, index: string] {
  return [file, `${file}-wal`, `${file}-shm`];
}
