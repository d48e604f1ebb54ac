import { type ChildProcess, spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../../../server/bin/usagekit.js', import.meta.url));

/** The secret key of these servers. */
export const servedKey = 'sk_test_only-for-servers-that-tests-start';

/** A file, or an address of PostgreSQL. */
export type Database = string;

/** `usagekit serve` in a process of its own. */
export interface ServedProcess {
  readonly url: string;
  /** Of its process. */
  readonly pid: number;
  /** Ends it as the kernel does when memory runs out: without a chance to finish anything. Resolves once it is gone. */
  kill(): Promise<void>;
  /** Ends it as an operator does, and tells its exit code. */
  stop(): Promise<number | null>;
}

/** Resolves once it listens, on a port that was free. @throws Error where it ends before that. */
export async function startServed(
  database: Database,
  catalogFile: string,
  more: readonly string[] = [],
): Promise<ServedProcess> {
  const child = usagekit([
    'serve',
    ...flagsOf(database),
    ...['--catalog', catalogFile, '--port', '0', '--secret-key', servedKey],
    ...['--log-level', 'error', ...more],
  ]);
  const gone = new Promise<number | null>((resolve) => child.once('exit', resolve));
  // Should the test be ended, its servers do not stay behind.
  const killChild = () => void child.kill('SIGKILL');
  process.once('exit', killChild);
  return {
    url: await listeningUrl(child),
    pid: child.pid ?? 0,
    async kill() {
      process.off('exit', killChild);
      child.kill('SIGKILL');
      await gone;
    },
    stop() {
      process.off('exit', killChild);
      child.kill('SIGTERM');
      return gone;
    },
  };
}

/** What `usagekit reconcile` says of the database, which no server may hold. @throws Error where a balance has drifted. */
export async function reconcile(database: Database, more: readonly string[] = []): Promise<string> {
  const child = usagekit(['reconcile', ...flagsOf(database), ...more]);
  if (child.stdout === null) throw new Error('The command has no output');
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const said = (await text(child.stdout)).trim();
  if ((await exited) !== 0) throw new Error(`usagekit reconcile: ${said}`);
  return said;
}

function usagekit(line: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--conditions=source', bin, ...line], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH ?? '' },
  });
}

function flagsOf(database: Database): string[] {
  return [database.includes('://') ? '--database-url' : '--database', database];
}

function listeningUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk;
      const url = /listens on (\S+),/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened.`)));
  });
}
