import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { servedKey } from '../../store/served/served-process.ts';
import { patience } from '../../support/patience.ts';
import { bin, usagekit } from '../support/command-line.ts';

// What becomes of a command where whoever reads its output goes away, or a full disk takes no more of it.

let folder: string;
let child: ChildProcess | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-output-'));
});
afterEach(() => child?.kill('SIGKILL'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Always full: https://man7.org/linux/man-pages/man4/full.4.html */
const fullDisk = '/dev/full';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

function run(line: readonly string[], out: 'pipe' | number, err: 'pipe' | number): ChildProcess {
  child = spawn(process.execPath, ['--conditions=source', bin, ...line], {
    env: { PATH: process.env.PATH ?? '' },
    cwd: folder,
    stdio: ['ignore', out, err],
  });
  return child;
}

const ways: [string, (port: number) => ChildProcess][] = [
  [
    'whoever reads its output and its log has gone away',
    (port) => {
      const server = run(serveLine(port), 'pipe', 'pipe');
      server.stdout?.destroy();
      server.stderr?.destroy();
      return server;
    },
  ],
  ...(existsSync(fullDisk)
    ? [
        [
          'the disk is full that takes its output and its log',
          (port: number) => run(serveLine(port), openSync(fullDisk, 'w'), openSync(fullDisk, 'w')),
        ] as [string, (port: number) => ChildProcess],
      ]
    : []),
];

function serveLine(port: number): string[] {
  const flags = { port, database: join(folder, `${port}.sqlite`), 'secret-key': servedKey };
  return [
    'serve',
    '--metrics-port',
    'none',
    ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
  ];
}

it.each(ways)('F22: a server serves on, and stops as ever, where %s', async (_, start) => {
  const port = await freePort();
  const server = start(port);
  const exited = once(server, 'exit');
  const url = `http://127.0.0.1:${port}`;
  await expect.poll(() => fetch(url).then(({ status }) => status, String), patience).toBe(404);
  // Each of them has a line in the log.
  for (let request = 0; request < 5; request++) {
    const headers = { authorization: `Bearer ${servedKey}`, 'content-type': 'application/json' };
    const put = await fetch(`${url}/v1/accounts/a-${request}`, { method: 'PUT', headers, body: '{}' });
    expect(put.status).toBe(201);
  }
  server.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
});

it('F20: a command that does more than print does its work to the end where its reader has gone away', async () => {
  const database = join(folder, 'work.sqlite');
  const made = run([...serveLine(await freePort()), '--database', database], 'pipe', 'pipe');
  await once(made.stdout as NodeJS.ReadableStream, 'data');
  made.kill('SIGTERM');
  await once(made, 'exit');
  const backup = run(['backup', join(folder, 'copy.sqlite'), '--database', database], 'pipe', 'pipe');
  backup.stdout?.destroy();
  backup.stderr?.destroy();
  expect(await once(backup, 'exit')).toEqual([0, null]);
  expect((await usagekit(['reconcile', '--database', join(folder, 'copy.sqlite')])).code).toBe(0);
});

it.runIf(existsSync(fullDisk))('F20: a command fails where its output could not be written', async () => {
  const schema = run(['catalog', 'schema'], openSync(fullDisk, 'w'), 'pipe');
  expect(await once(schema, 'exit')).toEqual([1, null]);
});
