import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createUsageKitMock, type UsageKitMock } from '@usagekit/react/testing';
import { type Listening, listen } from '@usagekit/react/testing/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PublishedPackage, publishPackage } from '../types/published-package.ts';
import { itIsAnExampleApp, prepareExamples } from './example-app.ts';

const frameworks = ['hono', 'express', 'fastify', 'fetch'];
const examples = join(import.meta.dirname, '../examples');

let published: PublishedPackage;
let mock: UsageKitMock;
let server: Listening;

/** The example apps next to the packed package, as a host has it. */
beforeAll(async () => {
  published = publishPackage('server/packages/node', [
    'hono',
    '@hono/node-server',
    'express',
    'fastify',
    '@types/node',
    '@types/express',
  ]);
  cpSync(examples, published.hostFolder, { recursive: true });
  mock = createUsageKitMock({ scenario: 'lowCredits' });
  server = await listen(mock);
  await prepareExamples(mock);
});
afterAll(async () => {
  await server?.close();
  published?.remove();
});

/** Starts an example as its package.json does, and gives its address. */
async function start(framework: string): Promise<{ url: string; stop(): Promise<void> }> {
  const app: ChildProcess = spawn(process.execPath, ['server.ts'], {
    cwd: join(published.hostFolder, framework),
    env: { ...process.env, PORT: '0', USAGEKIT_URL: server.url, USAGEKIT_SECRET_KEY: mock.secretKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => app.once('exit', () => resolve()));
  if (!app.stdout) throw new Error('The example has no output.');
  for await (const line of createInterface(app.stdout)) {
    return {
      url: line,
      stop: async () => {
        app.kill();
        await ended;
      },
    };
  }
  throw new Error(`The example of ${framework} ended before it listened.`);
}

it('F30: the example apps compile in a strict project, with the types of each framework', () => {
  const tsc = join(import.meta.dirname, '../../node_modules/.bin/tsc');
  const { stdout } = spawnSync(tsc, ['--project', published.hostFolder, '--pretty', 'false'], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});

describe.each(frameworks)('F30: the example app of %s', (framework) => {
  let url = '';
  let stop = async () => {};
  beforeAll(async () => {
    ({ url, stop } = await start(framework));
  });
  afterAll(() => stop());

  itIsAnExampleApp(() => ({ url, serverUrl: server.url, mock }));
});
