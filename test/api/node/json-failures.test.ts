import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../../server/src/node/command-line.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { usagekit } from '../support/command-line.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-failures-'));
const catalog = join(folder, 'catalog.json');
beforeAll(() => writeFileSync(catalog, JSON.stringify(smallCatalogConfig)));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const failure = {
  code: expect.stringMatching(/^[a-zA-Z_]+$/),
  message: expect.stringMatching(/^[^\n]/),
  hint: expect.toSatisfy((hint) => hint === null || typeof hint === 'string'),
};
const key = { USAGEKIT_SECRET_KEY: 'sk_test_0000000000000000' };

/** The one object on standard error; nothing is on standard output. */
async function failed(line: readonly string[], environment: NodeJS.ProcessEnv = key) {
  const { code, out, err } = await usagekit(line, environment);
  expect(err.split('\n'), line.join(' ')).toHaveLength(2);
  const told: unknown = JSON.parse(err);
  expect(told, line.join(' ')).toMatchObject(failure);
  return { exit: code, out, told };
}

const rows = fileURLToPath(new URL('../../data/llm-requests.csv', import.meta.url));
const table = fileURLToPath(new URL('../../data/model-prices.json', import.meta.url));
/** Operands that are checked before anything is opened. */
const typedFor: Readonly<Record<string, string>> = {
  AMOUNT: '5',
  VERSION: '1',
  'FILE.csv': rows,
  SOURCE: table,
  CATALOG: catalog,
};
/** Flags without which nothing is opened. */
const neededBy: Readonly<Record<string, readonly string[]>> = {
  move: ['--to', join(folder, 'to.sqlite')],
  import: ['--account', 'one', '--map', 'at=TIMESTAMP,inputTokens=ContextTokens', '--set', 'model=one'],
};
const operandsOf = (operands: string) =>
  operands === '' ? [] : operands.split(' ').map((name) => typedFor[name] ?? 'one');
const every = commands.map(({ name, operands, flags }) => ({
  name,
  line: [...name.split(' '), ...operandsOf(operands)],
  asksServer: 'server' in flags,
  opensDatabase: 'database' in flags && name !== 'serve',
}));

describe('with --json', () => {
  it.each(every)(
    'F20: a mistake in the line of $name is one JSON object, and exits with 2',
    async ({ name, line }) => {
      expect(await failed([...line, '--json', '--not-a-flag'])).toMatchObject({
        exit: 2,
        out: '',
        told: { code: 'usage', hint: `See usagekit ${name} --help.` },
      });
    },
  );

  it.each(every.filter(({ opensDatabase }) => opensDatabase))(
    'F20: what stops the work of $name is one JSON object, and exits with 1',
    async ({ name, line, asksServer }) => {
      const missing = join(folder, 'missing.sqlite');
      const needed = neededBy[name] ?? [];
      if (name !== 'restore') {
        const { exit, out } = await failed([...line, ...needed, '--json', '--database', missing]);
        expect([exit, out]).toEqual([1, '']);
      }
      if (asksServer)
        expect(await failed([...line, ...needed, '--json', '--server', 'http://127.0.0.1:9'])).toMatchObject({
          exit: 1,
          told: { code: 'no_answer', message: 'No server answers at http://127.0.0.1:9.' },
        });
    },
  );

  it.each([
    [['dance'], 'usage', 2, "Unknown command 'dance'."],
    [['serv'], 'usage', 2, "Unknown command 'serv'. (Did you mean serve?)"],
    [['webhooks'], 'usage', 2, "Unknown option '--json'."],
    [['help', 'dance'], 'usage', 2, "Unknown command 'dance'."],
    [['account', 'show'], 'usage', 2, "Missing required argument 'ACCOUNT'."],
    [['export', 'acme', '--format', 'csv'], 'usage', 2, /^--json: rows are printed as JSON Lines/],
    [['move'], 'usage', 2, /^--to: is missing/],
    [['audit', '--limit', '-1'], 'usage', 2, /^--limit: '-1'/],
    [['doctor', '--database-schema', 'a b', '--database-url', 'postgres://x'], 'wrong_flag', 2, /schema/],
    [['keys', 'list', '--server', 'nowhere'], 'usage', 2, /^--server: 'nowhere'/],
    [['restore', 'missing.sqlite'], 'file_not_found', 1, 'missing.sqlite is not there.'],
  ])('F20: %j is told by code and message', async (line, code, exit, message) => {
    expect(await failed([...line, '--json'])).toMatchObject({
      exit,
      out: '',
      told: { code, message: typeof message === 'string' ? message : expect.stringMatching(message) },
    });
  });

  it('F20: what to do about it is the hint, and a file that is no database has its code', async () => {
    const file = join(folder, 'words.sqlite');
    writeFileSync(file, 'these are words and no database, whatever the ending says');
    expect((await failed(['doctor', '--json', '--database', file])).told).toMatchObject({
      code: 'not_a_database',
    });
    writeFileSync(join(folder, 'backup.sqlite'), '');
    const restored = await failed(['restore', join(folder, 'backup.sqlite'), '--json', '--database', file]);
    expect(restored).toMatchObject({ exit: 1, told: { code: 'file_exists', hint: 'Move it away first.' } });
  });

  it('F20: each mistake of a catalog file is an entry of its own', async () => {
    const file = join(folder, 'wrong.json');
    writeFileSync(file, JSON.stringify({ ...smallCatalogConfig, currency: 1, surprise: true }));
    const { told } = await failed(['catalog', 'try', file, '--json']);
    expect(told).toMatchObject({ code: 'wrong_setting', message: `CATALOG: ${file} is no catalog` });
    const { invalidParameters } = told as { invalidParameters: { pointer: string }[] };
    expect(invalidParameters.map(({ pointer }) => pointer).sort()).toEqual(['/currency', '/surprise']);
    const { err } = await usagekit(['catalog', 'try', file], key);
    expect(err).toMatch(/^CATALOG: \S+ is no catalog:\n {2}\/currency: .+ \(accepted: .+\)\n/);
  });

  it('F20: help and version are no failures', async () => {
    expect(await usagekit(['keys', 'list', '--json', '--help'])).toMatchObject({ code: 0, err: '' });
  });
});
