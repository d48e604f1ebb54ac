import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createUsageKitMock, type UsageKitMock } from '@usagekit/react/testing';
import { type Listening, listen } from '@usagekit/react/testing/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PublishedPackage, publishPackage } from '../types/published-package.ts';

const frameworks = ['hono', 'express', 'fastify', 'fetch'];
const examples = join(import.meta.dirname, '../examples');

let published: PublishedPackage;
let mock: UsageKitMock;
let server: Listening;

/** The example apps beside the packed package, as a host has it. */
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
  await mock.backend.putMember('acme', 'ann', { role: 'owner' });
  await mock.backend.putMember('acme', 'vic', { role: 'viewer' });
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

const as = (member: string) => ({ Cookie: `session=${member}` });

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

  it('gives a token to whoever is signed in, and to nobody else', async () => {
    const ask = (headers: Record<string, string>) =>
      fetch(`${url}/api/usagekit/token`, { method: 'POST', headers });
    expect((await ask({})).status).toBe(401);
    const { token } = await (await ask(as('ann'))).json();
    const whoami = await fetch(`${server.url}/v1/whoami`, { headers: { Authorization: `Bearer ${token}` } });
    expect(await whoami.json()).toMatchObject({ accountId: 'acme', memberId: 'ann', role: 'owner' });
  });

  it('passes requests on as the signed-in member, whose role decides', async () => {
    const credits = (member: string) =>
      fetch(`${url}/api/usagekit/v1/accounts/acme/credits`, { headers: as(member) });
    expect(await (await credits('ann')).json()).toMatchObject({ available: expect.any(String) });
    expect((await credits('vic')).status).toBe(403);
  });

  it('passes a stream on piece by piece, which nothing on the way may gather', async () => {
    const leaving = new AbortController();
    const response = await fetch(`${url}/api/usagekit/v1/accounts/acme/stream`, {
      headers: { ...as('ann'), Accept: 'text/event-stream' },
      signal: leaving.signal,
    });
    expect(response.headers.get('Cache-Control')).toContain('no-transform');
    const reader = response.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toMatch(/^data: /);
    await mock.account().spend(1);
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('credits');
    leaving.abort();
    await expect.poll(() => mock.openStreams()).toBe(0);
  });

  it('asks the gate before it does what costs something, and says why it does not', async () => {
    await mock.reset('lowCredits');
    await mock.backend.putMember('acme', 'ann', { role: 'owner' });
    await mock.backend.putMember('acme', 'vic', { role: 'viewer' });
    const ask = (member: string) => fetch(`${url}/api/ask`, { method: 'POST', headers: as(member) });
    const answer = await ask('ann');
    expect(await answer.json()).toEqual({ answer: 'It depends.', credits: '10' });
    await mock.account().spendDownTo(5);
    const owner = await ask('ann');
    expect(owner.status).toBe(402);
    expect(await owner.json()).toMatchObject({ code: 'insufficient_credits', refusal: { available: '5' } });
    const viewer = await ask('vic');
    expect(viewer.status).toBe(402);
    expect(await viewer.json()).not.toHaveProperty('refusal.available');
    expect((await ask('nobody')).status).toBe(401);
  });
});
