import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** When a file, or the newest file of a folder, was changed; 0 where there is none. */
export async function changedAtMs(path: string): Promise<number> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(path, { recursive: true });
  const times = await Promise.all(names.map(async (name) => (await stat(join(path, name))).mtimeMs));
  return Math.max(0, ...times);
}

/** Whether what was built is newer than everything that it was built from. */
export async function isUpToDate(built: string, sources: readonly string[]): Promise<boolean> {
  const builtAtMs = await changedAtMs(built);
  const changed = await Promise.all(sources.map(changedAtMs));
  return builtAtMs > Math.max(...changed);
}
