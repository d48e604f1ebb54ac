import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConsumeAnswer } from '@usagekit/server/contract';
import { type RunningServer, serve } from '@usagekit/server/node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writingTo } from '../../../server/src/node/commands/copies/writing-to.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { StoreUnavailableError } from '../../../server/src/store/store-errors.ts';
import { assertReconciled } from '../../support/assert-reconciled.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { CommandLine, usagekit as runUsagekit } from '../support/command-line.ts';

const key = 'sk_test_for-these-tests-only';
const environment = { USAGEKIT_SECRET_KEY: key };
let folder: string;
let server: RunningServer;
const commands = new CommandLine(() => folder);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-backup-'));
  server = await serve({
    databaseFile: join(folder, 'live.sqlite'),
    port: 0,
    secretKeys: [key],
    catalog: smallCatalogConfig,
  });
  for (const id of ['a', 'b', 'c']) {
    await call('PUT', `/v1/accounts/${id}`, {});
    await call('POST', `/v1/accounts/${id}/grants`, { amount: '100000' });
  }
});
afterEach(async () => {
  commands.killAll();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

let keys = 0;
async function call<Body>(method: string, path: string, body: unknown): Promise<Body> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': `k-${keys++}`,
    },
    body: JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as Body;
}

const consume = (accountId: string) =>
  call<ConsumeAnswer>('POST', '/v1/consume', {
    accountId,
    items: [{ model: 'swift-1', inputTokens: 100, outputTokens: 10 }],
  });

/** Debits that the copy has, by the use that they are of. */
async function usesIn(file: string): Promise<Set<string>> {
  const store = createSqliteStore({ file });
  const found = new Set<string>();
  await assertReconciled(store);
  for (const accountId of ['a', 'b', 'c']) {
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof store.listEntries>> = await store.listEntries(accountId, {
        limit: 500,
        ...(cursor === '' ? {} : { cursor }),
      });
      for (const { usageId } of page.items) if (usageId !== null) found.add(usageId);
      cursor = page.nextCursor;
    }
  }
  await store.close();
  return found;
}

const usagekit = (...line: string[]) => runUsagekit(line, environment);
const at = (name: string) => join(folder, name);

it('F20, I24: a backup under load has every debit that was answered before it began, and adds up', {
  timeout: 60_000,
}, async () => {
  const answered: string[] = [];
  let isOver = false;
  const load = ['a', 'b', 'c', 'a'].map(async (accountId) => {
    while (!isOver) answered.push((await consume(accountId)).id);
  });
  while (answered.length < 200) await consume('b');
  const before = [...answered];
  const run = await commands.run(['backup', 'copy.sqlite', '--server', server.url, '--json'], environment)
    .ended;
  isOver = true;
  await Promise.all(load);
  expect([run.code, run.err, JSON.parse(run.out)]).toEqual([0, '', { file: 'copy.sqlite', accounts: 3 }]);
  expect(answered.length).toBeGreaterThan(before.length);
  const file = join(folder, 'copy.sqlite');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const uses = await usesIn(file);
  expect(before.filter((id) => !uses.has(id))).toEqual([]);
  expect(readdirSync(folder).filter((name) => /partial|\.copy-/.test(name))).toEqual([]);
});

it('F20: a backup is restored where no database is, and serves what it held', {
  timeout: 60_000,
}, async () => {
  const { id } = await consume('a');
  const backup = await usagekit('backup', at('copy.sqlite'), '--server', server.url);
  expect([backup.code, backup.out]).toEqual([0, expect.stringContaining('3 accounts')]);
  const again = await usagekit('backup', at('copy.sqlite'), '--server', server.url);
  expect([again.code, again.err]).toEqual([1, expect.stringMatching(/copy\.sqlite exists already.*\n$/)]);
  const over = await usagekit('restore', at('copy.sqlite'), '--database', at('live.sqlite'));
  expect([over.code, over.err]).toEqual([1, expect.stringMatching(/live\.sqlite exists.*\n$/)]);
  const restored = await usagekit('restore', at('copy.sqlite'), '--database', at('restored.sqlite'));
  expect([restored.code, restored.out]).toEqual([0, expect.stringContaining('restored.sqlite: 3 accounts')]);
  expect(await usesIn(at('restored.sqlite'))).toEqual(new Set([id]));
  const unserved = await usagekit('backup', at('second.sqlite'), '--database', at('restored.sqlite'));
  expect(unserved.code).toBe(0);
  expect(await usesIn(at('second.sqlite'))).toEqual(new Set([id]));
});

it('F20: a damaged backup is not restored, and nothing is left of the try', async () => {
  for (let uses = 0; uses < 40; uses++) await consume('a');
  await usagekit('backup', at('copy.sqlite'), '--server', server.url);
  const bytes = readFileSync(at('copy.sqlite'));
  bytes.fill(0x5a, bytes.length - 30_000, bytes.length - 10_000);
  writeFileSync(at('damaged.sqlite'), bytes);
  const run = await usagekit('restore', at('damaged.sqlite'), '--database', at('restored.sqlite'));
  expect([run.code, run.out, run.err]).toEqual([1, '', expect.stringMatching(/damaged\.sqlite is damaged/)]);
  expect(existsSync(at('restored.sqlite'))).toBe(false);
  writeFileSync(at('text.sqlite'), 'id,amount\n'.repeat(200));
  const other = await usagekit('restore', at('text.sqlite'), '--database', at('restored.sqlite'));
  expect([other.code, existsSync(at('restored.sqlite'))]).toEqual([1, false]);
});

it.each(['server', 'database'] as const)(
  'F20: a backup that cannot be written says which file and why, from a %s',
  async (from) => {
    if (from === 'database') await server.close();
    const where = from === 'server' ? ['--server', server.url] : ['--database', at('live.sqlite')];
    const nowhere = at('none/copy.sqlite');
    const run = await usagekit('backup', nowhere, ...where);
    expect([run.code, run.out, run.err.trim()]).toEqual([
      1,
      '',
      `'${nowhere}' cannot be opened: there is no such file or folder.`,
    ]);
  },
);

it('F20: a restore names the place that it cannot write, and not the backup', async () => {
  await usagekit('backup', at('copy.sqlite'), '--server', server.url);
  const nowhere = at('none/restored.sqlite');
  const run = await usagekit('restore', at('copy.sqlite'), '--database', nowhere);
  expect([run.code, run.err.trim()]).toEqual([
    1,
    `'${nowhere}' cannot be opened: there is no such file or folder.`,
  ]);
});

it('F20: a copy that the database cannot write is told in one line, without a stack', async () => {
  const full = new StoreUnavailableError('The database could not be copied.', {
    cause: new Error('database or disk is full'),
  });
  await expect(writingTo('copy.sqlite', () => Promise.reject(full))).rejects.toMatchObject({
    name: 'CommandError',
    message: 'copy.sqlite cannot be written: database or disk is full.',
  });
});

it('F12: balances of a server that serves are recomputed while they move', async () => {
  let isOver = false;
  const load = ['a', 'a', 'b'].map(async (accountId) => {
    while (!isOver) await consume(accountId);
  });
  const run = await usagekit('reconcile', '--server', server.url);
  isOver = true;
  await Promise.all(load);
  expect([run.code, run.out]).toEqual([0, '3 accounts, 0 balances that drifted.\n']);
});
