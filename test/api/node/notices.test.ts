import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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

async function serve(): Promise<{ run: Run; url: string }> {
  const run = commands.run(
    ['serve', '--port', '0', '--database', 'told.sqlite', '--webhooks-to-private', 'yes'],
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

describe('notices by the command line', { timeout: 120_000 }, () => {
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
