import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { ConfigError } from '../config/config-error.ts';

/** One file of the built console. */
export interface ConsoleFile {
  readonly content: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly etag: string;
  /** Whether its name changes with its content, so that a browser may keep it for good. */
  readonly isHashed: boolean;
}

/** The files of the built console by their names, such as `assets/index-1a2b.js`. Nothing else can be asked for. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
};

/** Reads the built console. @throws ConfigError where the folder holds none. */
export async function readConsoleFiles(folder: string): Promise<ConsoleFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, ConsoleFile>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(folder, path).split(sep).join('/');
    const content = new Uint8Array(await readFile(path));
    files.set(name, {
      content,
      type: types[extname(name)] ?? 'application/octet-stream',
      etag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
      isHashed: name.startsWith('assets/'),
    });
  }
  if (!files.has('index.html'))
    throw new ConfigError(
      'console',
      `${folder} holds no console; npx usagekit serve, of the package usagekit, brings one`,
    );
  return files;
}
