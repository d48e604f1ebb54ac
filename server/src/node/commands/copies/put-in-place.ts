import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Gives a file its name once all of it is on the disk: there is all of it by that name, or nothing. */
export async function putInPlace(partial: string, file: string): Promise<void> {
  await sync(partial);
  await rename(partial, file);
  await sync(dirname(file));
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
