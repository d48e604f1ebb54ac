import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

/** A server of a drill, in a process of its own. */
export interface DrillServer {
  readonly child: ChildProcess;
  readonly url: string;
  readonly metricsPort: number;
  /** Sends a request with the drill's key. */
  send(method: string, path: string, body?: object, secret?: string): Promise<Response>;
  /** Resolves when the process has ended. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

export const drillKey = 'sk_test_only-for-this-drill';
const bin = fileURLToPath(new URL('../../../server/bin/usagekit.js', import.meta.url));

/**
 * Starts `usagekit serve` on a free port, and waits until it listens.
 * @param flags Name the database, such as `--database FILE`.
 * @param script Is run in the process before the server, to bring a fault about.
 * @throws where the process ends before; the error has its last words.
 */
export async function startDrillServer(flags: readonly string[], script?: string): Promise<DrillServer> {
  const metricsPort = await freePort();
  const before =
    script === undefined ? [] : ['--import', `data:text/javascript,${encodeURIComponent(script)}`];
  const line = ['serve', '--port', '0', '--metrics-port', String(metricsPort), '--secret-key', drillKey];
  const child = spawn(process.execPath, [...before, '--conditions=source', bin, ...line, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let told = '';
  child.stderr.on('data', (bytes) => {
    told = `${told}${bytes}`.slice(-4_000);
  });
  child.stdout.on('data', (bytes) => {
    out += bytes;
  });
  while (!out.includes(', its data')) {
    const ended = once(child, 'exit').then(() => true);
    if (await Promise.race([once(child.stdout, 'data').then(() => false), ended]))
      throw new Error(`The server has ended: ${told.trim()}`);
  }
  const url = /http:\/\/[^,\s]+/.exec(out)?.[0] ?? '';
  return {
    child,
    url,
    metricsPort,
    send: (method, path, body, secret = drillKey) =>
      fetch(`${url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${secret}`,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
