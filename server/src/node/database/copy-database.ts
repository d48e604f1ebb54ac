import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import type { CopyDatabase } from '../../app/app-options.ts';

/**
 * Copies a database to a file in the same folder and streams that file. The file is unlinked before its first byte goes out, so
 * that nothing stays behind, however the request ends.
 */
export function copyDatabaseBeside(
  databaseFile: string,
  copyTo: (file: string) => Promise<void>,
): CopyDatabase {
  return async () => {
    const file = `${databaseFile}.copy-${randomUUID()}`;
    try {
      await copyTo(file);
      const handle = await open(file);
      const { size } = await handle.stat();
      // The file is gone with its last reader.
      const body = handle.readableWebStream({ autoClose: true }) as ReadableStream<Uint8Array>;
      return { bytes: size, body };
    } finally {
      await rm(file, { force: true });
    }
  };
}
