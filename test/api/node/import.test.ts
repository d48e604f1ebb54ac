import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { UsageSeries } from '@usagekit/server/contract';
import { type RunningServer, serve } from '@usagekit/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accountShowCommand } from '../../../server/src/node/commands/accounts/account-show.ts';
import { grantCommand } from '../../../server/src/node/commands/accounts/grant.ts';
import { reconcileCommand } from '../../../server/src/node/commands/checks/reconcile.ts';
import type { Command } from '../../../server/src/node/commands/command.ts';
import { exportCommand } from '../../../server/src/node/commands/data/export.ts';
import { importCommand } from '../../../server/src/node/commands/data/import.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

const key = 'sk_test_for-the-tests-of-commands';
const csv = fileURLToPath(new URL('../../data/llm-requests.csv', import.meta.url));

interface Counted {
  requests: number;
  contextTokens: number;
  generatedTokens: number;
}
const totals: Counted & { byMinute: Record<string, Counted> } = JSON.parse(
  readFileSync(new URL('../../data/totals.json', import.meta.url), 'utf8'),
);

const catalog = {
  ...smallCatalogConfig,
  metrics: [
    ...smallCatalogConfig.metrics,
    {
      id: 'requests',
      label: 'Requests',
      unit: { one: 'request', other: 'requests' },
      countsFrom: 'llm_requests' as const,
    },
    {
      id: 'input',
      label: 'Input',
      unit: { one: 'token', other: 'tokens' },
      countsFrom: 'llm_input_tokens' as const,
    },
    {
      id: 'output',
      label: 'Output',
      unit: { one: 'token', other: 'tokens' },
      countsFrom: 'llm_output_tokens' as const,
    },
  ],
};

let folder: string;
let server: RunningServer;
let url: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-import-'));
  server = await serve({ port: 0, databaseFile: join(folder, 'usage.sqlite'), catalog, secretKeys: [key] });
  url = server.url;
  for (const account of ['acme', 'rows']) await api('PUT', `/v1/accounts/${account}`, {});
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

async function api<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return JSON.parse(await response.text());
}

/** Runs a command as the command line would, and gives what it wrote. */
async function run(
  command: Command,
  operands: string[],
  flags: Record<string, string> = {},
  atServer = true,
  switches: ReadonlySet<string> = new Set(),
) {
  const printed: string[] = [];
  const told: string[] = [];
  const code = await command.run({
    operands,
    flags: { ...(atServer ? { server: url } : {}), ...flags },
    switches,
    environment: { USAGEKIT_SECRET_KEY: key },
    isJson: false,
    answer: (_found, ...lines) => printed.push(...lines),
    print: (line) => printed.push(line),
    tell: (line) => told.push(line),
  });
  return { code, printed, told };
}

const importTrace = (file: string) =>
  run(importCommand, [file], {
    account: 'acme',
    map: 'at=TIMESTAMP,inputTokens=ContextTokens,outputTokens=GeneratedTokens',
    set: 'model=meter-1',
  });

const hour = 'from=2023-11-16T18:00:00Z&to=2023-11-16T20:00:00Z';
const series = (metric: string) =>
  api<UsageSeries>('GET', `/v1/accounts/acme/usage/series?metric=${metric}&interval=minute&${hour}`);

describe('usagekit import', () => {
  it('takes real usage over with totals that are right, by minute too', async () => {
    const { code, printed } = await importTrace(csv);
    expect(printed).toEqual(['8819 rows: 8819 added, 0 there already, 0 rejected.']);
    expect(code).toBe(0);
    for (const [metric, field] of [
      ['requests', 'requests'],
      ['input', 'contextTokens'],
      ['output', 'generatedTokens'],
    ] as const) {
      const answer = await series(metric);
      expect(Number(answer.total)).toBe(totals[field]);
      const values = answer.groups[0]?.values ?? [];
      const byMinute = Object.fromEntries(
        answer.buckets
          .map((start, index) => [start.slice(0, 16).replace('T', ' '), Number(values[index])] as const)
          .filter(([, value]) => value !== 0),
      );
      const expected = Object.entries(totals.byMinute).map(([minute, counted]) => [minute, counted[field]]);
      expect(byMinute).toEqual(Object.fromEntries(expected.filter(([, value]) => value !== 0)));
    }
  }, 60_000);

  it('adds only what is new when it is run again, also on a file with some more rows', async () => {
    expect((await importTrace(csv)).printed).toEqual(['8819 rows: 0 added, 8819 there already, 0 rejected.']);
    const longer = join(folder, 'longer.csv');
    copyFileSync(csv, longer);
    appendFileSync(longer, '\n2023-11-16 19:20:00.0000000,100,5\n2023-11-16 19:20:00.0000000,100,5\n');
    expect((await importTrace(longer)).printed).toEqual([
      '8821 rows: 2 added, 8819 there already, 0 rejected.',
    ]);
    expect(Number((await series('requests')).total)).toBe(totals.requests + 2);
  }, 60_000);

  it('tells a row that is wrong with its line, and takes the rest', async () => {
    const file = join(folder, 'rows.csv');
    writeFileSync(
      file,
      'when,metric,count\n2026-01-05 10:00,emails,3\nlater,emails,1\n2026-01-05 10:01,faxes,1\n2026-01-05 10:02\n2026-01-05 10:03,emails,-4\n2026-01-05 10:04,emails,2\n',
    );
    const { code, printed, told } = await run(importCommand, [file], {
      account: 'rows',
      map: 'at=when,metric=metric,quantity=count',
      'time-zone': 'Europe/Berlin',
    });
    expect(code).toBe(1);
    expect(printed).toEqual(['6 rows: 2 added, 0 there already, 4 rejected.']);
    expect(told.sort()).toEqual([
      "Line 3: 'later' is no time",
      "Line 4: The catalog has no metric 'faxes'; accepted at /items/0/metric: emails, workflows, calls, exports, tokens, storage, clones, requests, input, output",
      'Line 5: has 1 cells where the head has 3',
      expect.stringMatching(/^Line 6: .*quantity/),
    ]);
  });

  it('says once which column is not there, reads nothing then, and takes no folder', async () => {
    await expect(run(importCommand, [csv], { account: 'rows', map: 'at=nope' })).rejects.toThrow(
      `--map: ${csv} has no column 'nope'; it has TIMESTAMP, ContextTokens, GeneratedTokens.`,
    );
    await expect(run(importCommand, [folder], { account: 'rows' })).rejects.toThrow(
      `'${folder}' is a folder; the rows are read from one file.`,
    );
    await expect(run(importCommand, [join(folder, 'none.csv')], { account: 'rows' })).rejects.toThrow(
      "none.csv' is not there.",
    );
  });

  it.each([
    [{}, '--account: is missing'],
    [{ account: 'acme', 'time-zone': 'Mars/Base' }, "--time-zone: 'Mars/Base' is not an IANA time zone."],
    [{ account: 'acme', map: 'at' }, "--map: 'at' is not field=value"],
  ])('says how it is typed right for %o', async (flags, message) => {
    await expect(run(importCommand, [csv], flags)).rejects.toThrow(message);
  });
});

describe('the other commands', () => {
  it('show an account, grant, and export the ledger', async () => {
    const granted = await run(grantCommand, ['rows', '25'], { reason: 'A gift, "as is"', key: 'gift' });
    expect(granted.printed).toEqual(['Granted 25 to rows; 125 available.']);
    await run(grantCommand, ['rows', '25'], { reason: 'A gift, "as is"', key: 'gift' });
    const shown = await run(accountShowCommand, ['rows']);
    expect(shown.printed[1]).toBe('125 credits available, 0 held, 0 owed, 0 spent this cycle');
    const { printed } = await run(exportCommand, ['rows']);
    expect(printed).toHaveLength(3);
    expect(printed[1]).toMatch(/,grant,25,credits,125,"A gift, ""as is""",/);
    const forSpreadsheets = await run(exportCommand, ['rows'], {}, true, new Set(['bom']));
    expect(forSpreadsheets.printed.join('\n')).toBe(`\uFEFF${printed.join('\n')}`);
  });

  it('F12: reconcile the ledger once the server has stopped', async () => {
    await server.close();
    const { code, printed } = await run(
      reconcileCommand,
      [],
      { database: join(folder, 'usage.sqlite') },
      false,
    );
    expect(printed).toEqual(['2 accounts, 0 balances that drifted.']);
    expect(code).toBe(0);
    const payments = new Set(['payments']);
    const ofSandbox = await run(
      reconcileCommand,
      [],
      { database: join(folder, 'usage.sqlite') },
      false,
      payments,
    );
    expect([ofSandbox.code, ...ofSandbox.printed]).toEqual([
      0,
      expect.stringMatching(/^The payment provider keeps no record/),
    ]);
  });
});
