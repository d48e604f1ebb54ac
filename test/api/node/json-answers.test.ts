import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from '@usagekit/server/app';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { routes } from '../../../server/src/app/routes/routes.ts';
import { starterCatalog } from '../../../server/src/node/catalog/starter-catalog.ts';
import { commands } from '../../../server/src/node/command-line.ts';
import { type Command, wordsOf } from '../../../server/src/node/commands/command.ts';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { CommandLine, usagekit } from '../support/command-line.ts';

const key = 'sk_test_only-for-servers-that-tests-start';
const readme = readFileSync(new URL('../../../server/README.md', import.meta.url), 'utf8');
const prices = fileURLToPath(new URL('../../data/model-prices.json', import.meta.url));

let folder: string;
let database: string;
const processes = new CommandLine(() => folder);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-answers-'));
  database = join(folder, 'told.sqlite');
  const store = createSqliteStore({ file: database });
  const app = createApp({
    store,
    clock: { nowMs: () => Date.now() },
    newId: () => crypto.randomUUID(),
    catalog: starterCatalog,
    secretKeys: [key],
    tokenSecret: 'a secret for these tests only',
  });
  const send = async (method: string, path: string, body: object) => {
    const response = await app.fetch(
      new Request(`http://localhost${path}`, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify(body),
      }),
    );
    if (!response.ok) throw new Error(await response.text());
  };
  for (const account of ['acme', 'gone']) await send('PUT', `/v1/accounts/${account}`, {});
  await send('POST', '/v1/consume', {
    accountId: 'acme',
    items: [{ model: 'gpt-5-mini', inputTokens: 1200 }],
  });
  await send('POST', '/v1/tasks', { accountId: 'acme', id: 'report', name: 'Report' });
  await send('PATCH', '/v1/tasks/report', { accountId: 'acme', status: 'failed', error: 'No answer' });
  await app.commitDue();
  await app.close();
  await store.close();
  writeFileSync(join(folder, 'catalog.json'), JSON.stringify({ ...starterCatalog, pricedIn: 'credits' }));
  writeFileSync(join(folder, 'rows.csv'), 'id\n1\n');
});
afterAll(() => {
  processes.killAll();
  rmSync(folder, { recursive: true, force: true });
});

const at = (name: string) => join(folder, name);
const here = (...words: string[]) => [...words, '--database', database];

/** A line of each command that does its work on the database, in the order of `commands`. */
const lines: Readonly<Record<string, () => string[] | Promise<string[]>>> = {
  init: () => ['--folder', at('project')],
  serve: () => ['--port', '0', '--database', at('served.sqlite')],
  mock: () => ['--port', '0'],
  'keys create': () => here('--label', 'a'),
  'keys list': () => here(),
  'keys rotate': async () => here(await keyId()),
  'keys revoke': async () => here(await keyId()),
  'account show': () => here('acme'),
  grant: () => here('acme', '25'),
  erase: () => here('gone'),
  import: () => here(at('rows.csv'), '--account', 'acme', '--set', 'metric=nothing'),
  export: () => here('acme', '--out', at('ledger.csv')),
  audit: () => here(),
  'prices import': () =>
    here(prices, '--provider', 'north', '--models', '*', '--per-dollar', '100', '--dry-run'),
  doctor: () => here(),
  reconcile: () => here(),
  backup: () => here(at('copy.sqlite')),
  restore: () => [at('copy.sqlite'), '--database', at('restored.sqlite')],
  move: () => {
    cpSync(at('copy.sqlite'), at('moved-from.sqlite'));
    return ['--database', at('moved-from.sqlite'), '--to', at('moved.sqlite')];
  },
  'webhooks put': () => here('main', 'https://example.com/hook'),
  'webhooks list': () => here(),
  'webhooks rotate': () => here('main'),
  'webhooks remove': () => here('main'),
  'notices list': () => here(),
  'notices replay': async () => here('--account', 'acme', '--id', await noticeId()),
  listen: () => here('--for', '0'),
  'catalog schema': () => [],
  'catalog versions': () => here(),
  'catalog diff': () => here(at('catalog.json')),
  'catalog try': () => here(at('catalog.json'), '--against', '2d'),
  'catalog move': () => here('--dry-run'),
  'catalog restore': () => here('1'),
};

/** Those that have nothing to print on that database; their objects are looked at in tests of their own. */
const mayBeEmpty = new Set(['listen']);

async function keyId(): Promise<string> {
  const { out } = await usagekit(here('keys', 'create', '--json'));
  return JSON.parse(out).id;
}

async function noticeId(): Promise<string> {
  const { out } = await usagekit(here('notices', 'list', '--json'));
  return JSON.parse(out.split('\n')[0] ?? '').id;
}

/** What a command wrote; of those that run until they are stopped, the first line. */
async function written({ name, withoutReader }: Command): Promise<string> {
  const line = [...name.split(' '), ...((await lines[name]?.()) ?? []), '--json'];
  if (withoutReader === 'serves') return processes.run(line).out(/\n/);
  const { out, err } = await usagekit(line);
  expect(err).toBe('');
  return out;
}

/** The schema of what the command prints. */
function schemaOf({ json: { prints, of } }: Command): z.ZodType {
  if (typeof of !== 'string') return z.strictObject(Object.fromEntries(of.map((field) => [field, z.any()])));
  const [method, path] = of.split(' ');
  const route = routes.find((one) => one.method === method && one.path === path);
  const [answer] = Object.values(route?.description?.answers ?? {});
  if (!(answer instanceof z.ZodType)) throw new Error(`${of} answers with no object.`);
  if (prints === 'one' || method !== 'GET') return answer;
  const { items } = (answer as z.ZodObject<{ items: z.ZodArray<z.ZodType> }>).shape;
  return items.element as z.ZodType;
}

describe('with --json', { timeout: 240_000 }, () => {
  it.each(commands.map((command) => [command.name, command] as const))(
    'F20: %s prints nothing but objects, as its definition and README say',
    async (name, command) => {
      const printed = (await written(command)).trimEnd().split('\n');
      const found = printed.filter((line) => line !== '').map((line) => JSON.parse(line));
      if (command.json.prints === 'one') expect(found).toHaveLength(1);
      else if (!mayBeEmpty.has(name)) expect(found).not.toEqual([]);
      const schema = schemaOf(command);
      for (const object of found) expect(schema.safeParse(object).error?.issues ?? []).toEqual([]);
      const row = `| \`${name}\` | ${wordsOf(command.json)} |`;
      expect(readme.includes(row), row).toBe(true);
    },
  );

  it('F20: an export without a file prints its rows, and refuses what is no JSON', async () => {
    const { out } = await usagekit(here('export', 'acme', '--json'));
    expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({ unit: 'credits' });
    for (const flags of [
      ['--what', 'all'],
      ['--format', 'csv'],
    ])
      expect(await usagekit(here('export', 'acme', '--json', ...flags))).toMatchObject({ code: 2, out: '' });
  });

  it('F20: what ends every token, and payments that are compared, have objects of their own', async () => {
    expect(JSON.parse((await usagekit(here('keys', 'rotate', 'tokens', '--json'))).out)).toEqual({
      id: 'tokens',
    });
    expect(JSON.parse((await usagekit(here('reconcile', '--payments', '--json'))).out)).toMatchObject({
      isKept: false,
      differences: [],
    });
  });
});
