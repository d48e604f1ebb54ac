import { globSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { zipSync } from 'fflate';

/** Every file in a zip has this date, so that the same files make the same bytes. */
const filedAt = new Date(2020, 0, 1);

/** Packs a folder. The same files, wherever and whenever they are packed, make the same bytes. */
export function zipFolder(folder: string): Uint8Array {
  const files = globSync('**/*', { cwd: folder })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();
  const entries = files.map((file) => [
    file.split(sep).join('/'),
    [readFileSync(join(folder, file)), { level: 9, mtime: filedAt, os: 3, attrs: 0o644 << 16 }],
  ]);
  return zipSync(Object.fromEntries(entries));
}
