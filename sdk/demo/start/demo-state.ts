import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the demo remembers from one start to the next, in addition to the database. */
export interface DemoState {
  secretKey: string;
  /** Absent until one was made. */
  extensionToken?: string;
  /** Whether the six months are in the database. */
  seeded: boolean;
  /** Products of the server's own catalogs whose three months are in their databases. */
  products?: string[];
}

export interface DemoFiles {
  state: DemoState;
  databaseFile: string;
  save(): Promise<void>;
}

/** Opens the folder. A database whose seeding was broken off is thrown away, since half a story is none. */
export async function openDemoFiles(folder: string): Promise<DemoFiles> {
  await mkdir(folder, { recursive: true });
  const stateFile = join(folder, 'demo.json');
  const databaseFile = join(folder, 'demo.db');
  const state = await readState(stateFile);
  if (!state.seeded) await throwAway(databaseFile);
  return {
    state,
    databaseFile,
    // Only its owner may read it: it holds the secret key.
    save: () => writeFile(stateFile, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 }),
  };
}

/** Removes a database with all its files. */
export async function throwAway(databaseFile: string): Promise<void> {
  for (const suffix of ['', '-wal', '-shm']) await rm(databaseFile + suffix, { force: true });
}

async function readState(file: string): Promise<DemoState> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text !== undefined) return JSON.parse(text) as DemoState;
  return { secretKey: `sk_test_${randomBytes(24).toString('hex')}`, seeded: false };
}
