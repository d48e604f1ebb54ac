import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '../../support/postgres-server.ts';
import { freePort, startDrillServer } from './drill-server.ts';

/*
 * What a server does behind PgBouncer: `npx node --conditions=source test/bench/drills/pgbouncer.ts`. It needs `pgbouncer` (Debian:
 * `apt-get install pgbouncer`; it was run with 1.18). With `pool_mode` transaction and statement the server refuses to start and says why;
 * with session it serves, and a use is stored. It ends with 1 where one of these does not hold.
 */

const folder = mkdtempSync(join(tmpdir(), 'usagekit-pgbouncer-'));
// PgBouncer does not run as root, and whoever it runs as reads its settings.
chmodSync(folder, 0o755);
const postgres = await startPostgres();
let isWell = true;
try {
  for (const mode of ['transaction', 'statement', 'session']) {
    const direct = new URL(await postgres.freshDatabaseUrl());
    const port = await freePort();
    const file = join(folder, `${mode}.ini`);
    writeFileSync(
      file,
      `[databases]
* = host=127.0.0.1 port=${direct.port} user=${direct.username} password=${direct.password || 'none'}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = ${mode}
ignore_startup_parameters = extra_float_digits,options
`,
    );
    const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : [];
    const bouncer = spawn('pgbouncer', ['-q', ...user, file], { stdio: 'inherit' });
    const through = new URL(direct);
    through.port = String(port);
    through.hostname = '127.0.0.1';
    try {
      await listening(port);
      const outcome = await startDrillServer(['--database-url', through.href]).then(
        async (server) => {
          await server.send('PUT', '/v1/accounts/acme', {});
          const { status } = await server.send('POST', '/v1/consume', {
            accountId: 'acme',
            items: [{ tool: 'web_search', calls: 1 }],
          });
          await server.stop();
          return `serves, and answers a consume with ${status}`;
        },
        (error: Error) => `refuses: ${error.message}`,
      );
      console.log(`${mode}: ${outcome}`);
      isWell &&= mode === 'session' ? outcome.endsWith('with 200') : /shares sessions/.test(outcome);
    } finally {
      bouncer.kill('SIGKILL');
      if (bouncer.exitCode === null && bouncer.signalCode === null) await once(bouncer, 'exit');
    }
  }
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(isWell ? 0 : 1);

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (isOpen) return;
    await pause(50);
  }
  throw new Error('PgBouncer does not listen.');
}
