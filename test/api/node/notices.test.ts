import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '@usagekit/server/app';
import type { Notice, Page } from '@usagekit/server/contract';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { starterCatalog } from '../../../server/src/node/catalog/starter-catalog.ts';
import { createNoticeTransport } from '../../../server/src/node/notices/notice-transport.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { createReceiver } from '../notices/receiver.ts';
import { CommandLine, type Run } from '../support/command-line.ts';

const key = 'sk_test_only-for-servers-that-tests-start';
const environment = { USAGEKIT_SECRET_KEY: key };
let folder: string;
const commands = new CommandLine(() => folder);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-notices-'));
});
afterEach(() => commands.killAll());
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function serve(database = 'told.sqlite'): Promise<{ run: Run; url: string }> {
  const run = commands.run(
    ['serve', '--port', '0', '--database', database, '--webhooks-to-private', 'yes'],
    environment,
  );
  const text = await run.out(/listens/);
  return { run, url: /http:\/\/\S+?(?=,)/.exec(text)?.[0] ?? '' };
}

async function send(url: string, method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

/** A database in which an endpoint answered 503 to everything for more than three days, up to an hour ago. */
async function deadDatabase(name: string, url: string): Promise<void> {
  const store = createSqliteStore({ file: join(folder, name) });
  let nowMs = Date.now() - 100 * 3_600_000;
  const app = createApp({
    store,
    clock: { nowMs: () => nowMs },
    newId: () => crypto.randomUUID(),
    catalog: starterCatalog,
    secretKeys: [key],
    tokenSecret: 'a secret for these tests only',
    notices: createNoticeTransport(
      { allowsPrivate: true, smtpUrl: null, from: 'billing@example.com' },
      { info() {}, warn() {}, error() {} },
    ),
  });
  const call = async (method: string, path: string, body: object) => {
    const response = await app.fetch(
      new Request(`http://usage.test${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify(body),
      }),
    );
    expect(response.ok).toBe(true);
    return response;
  };
  await call('PUT', '/v1/webhook-endpoints/main', { url });
  for (const accountId of ['acme', 'other']) {
    const taskId = `task-${accountId}`;
    await call('PUT', `/v1/accounts/${accountId}`, {});
    await call('POST', '/v1/tasks', { accountId, id: taskId, name: 'Report' });
    await call('PATCH', `/v1/tasks/${taskId}`, { accountId, status: 'failed', error: 'No answer' });
  }
  const copies = async () => {
    const list = new Request('http://usage.test/v1/notices', { headers: { authorization: `Bearer ${key}` } });
    const { items } = (await (await app.fetch(list)).json()) as Page<Notice>;
    return items.map(({ deliveries }) => deliveries[0]);
  };
  for (;;) {
    await app.deliver();
    // The connections are real: an attempt has ended when the outbox has it.
    await new Promise((resolve) => setImmediate(resolve));
    const known = (await copies()).filter((copy) => copy?.status !== 'dead');
    if (known.length === 0) break;
    const nextMs = known.map((copy) => Date.parse(copy?.nextAttemptAt ?? '')).filter((atMs) => atMs > nowMs);
    if (nextMs.length === known.length) nowMs = Math.min(...nextMs);
  }
  await app.close();
  await store.close();
}

/** A task of the account fails. */
async function failTask(url: string, accountId: string): Promise<void> {
  await send(url, 'PUT', `/v1/accounts/${accountId}`, {});
  await send(url, 'POST', '/v1/tasks', { accountId, id: `task-${accountId}`, name: 'Report' });
  await send(url, 'PATCH', `/v1/tasks/task-${accountId}`, {
    accountId,
    status: 'failed',
    error: 'No answer',
  });
}

describe('notices by the command line', { timeout: 240_000 }, () => {
  it('shows what was given up after three days, and sends one of it and then the rest again', async () => {
    const receiver = await createReceiver();
    receiver.answer = 503;
    await deadDatabase('dead.sqlite', receiver.url);
    const tried = receiver.received.length;
    // Ten attempts for each of two.
    expect(tried).toBe(20);
    receiver.answer = 204;
    const { run, url } = await serve('dead.sqlite');
    const command = (...words: string[]) => commands.run([...words, '--server', url], environment).ended;
    const dead = await command('notices', 'list', '--dead');
    expect(dead.out.trim().split('\n')).toHaveLength(2);
    expect(dead.out).toMatch(/acme .* task\.failed {2}main: dead after 10/);
    const listed = await command('notices', 'list', '--dead', '--account', 'acme', '--json');
    const notice = JSON.parse(listed.out) as Notice;
    const one = await command('notices', 'replay', '--account', 'acme', '--id', notice.id);
    expect(one.out).toBe('1 notice is sent again.\n');
    await receiver.until(tried + 1);
    expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(notice.webhookId);
    const rest = await command('notices', 'replay');
    expect(rest.out).toBe('1 notice is sent again.\n');
    await receiver.until(tried + 2);
    const bodies = receiver.received.slice(tried).map(({ body }) => JSON.parse(body).data.accountId);
    expect(bodies).toEqual(['acme', 'other']);
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(0);
  });

  it('makes an endpoint, prints webhooks as they come, and sends again after a kill in the middle, under the same id', async () => {
    const receiver = await createReceiver();
    receiver.answer = 'hang';
    const first = await serve();
    const made = await commands.run(
      ['webhooks', 'put', 'main', receiver.url, '--types', 'task.failed', '--server', first.url],
      environment,
    ).ended;
    expect([made.code, made.out]).toEqual([0, expect.stringMatching(/^whsec_\S+\n$/)]);
    const listen = commands.run(['listen', '--server', first.url], environment);
    // What was told before it listens is not printed.
    await new Promise<void>((resolve) =>
      listen.child.stderr?.on('data', (bytes) => /Listening/.test(String(bytes)) && resolve()),
    );
    await failTask(first.url, 'acme');
    await receiver.until(1);
    expect(JSON.parse(await listen.out(/task\.failed/))).toMatchObject({
      type: 'task.failed',
      data: { accountId: 'acme', taskId: 'task-acme', error: 'No answer' },
    });
    listen.child.kill('SIGTERM');
    await listen.ended;
    // The endpoint has it and the server does not know: whoever comes next sends it once more.
    first.run.child.kill('SIGKILL');
    await first.run.ended;
    receiver.answer = 200;
    const second = await serve();
    await receiver.until(2);
    const [before, after] = receiver.received;
    expect(after?.headers['webhook-id']).toBe(before?.headers['webhook-id']);
    expect(after?.body).toBe(before?.body);
    const listed = await commands.run(['webhooks', 'list', '--server', second.url], environment).ended;
    expect(listed.out).toBe(`main  ${receiver.url}  task.failed\n`);
    const rotated = await commands.run(['webhooks', 'rotate', 'main', '--server', second.url], environment)
      .ended;
    expect(rotated.out).toMatch(/^whsec_\S+\n$/);
    expect(rotated.out).not.toBe(made.out);
    const told = await commands.run(['notices', 'list', '--server', second.url], environment).ended;
    expect(told.out).toMatch(/acme .* task\.failed {2}main: delivered after 1/);
    const replayed = await commands.run(['notices', 'replay', '--server', second.url], environment).ended;
    expect(replayed.out).toBe('0 notices are sent again.\n');
    const wrong = await commands.run(['webhooks', 'put', 'x', receiver.url, '--types', 'rain'], environment)
      .ended;
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining("'rain' is none of")]);
    const removed = await commands.run(['webhooks', 'remove', 'main', '--server', second.url], environment)
      .ended;
    expect(removed.code).toBe(0);
    second.run.child.kill('SIGTERM');
    expect((await second.run.ended).code).toBe(0);
  });
});
