import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatalogConfig } from '@usagekit/server/contract';
import { serve } from '@usagekit/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { usagekit } from '../support/command-line.ts';

const key = 'sk_test_of-the-trial';
const folder = mkdtempSync(join(tmpdir(), 'usagekit-trial-'));
const database = join(folder, 'usage.sqlite');
const dayMs = 86_400_000;
const startMs = Date.parse('2026-05-01T00:00:00.000Z');
const may = '2026-05-01T00:00:00Z..2026-06-01T00:00:00Z';

/** The catalog with dearer searches, fewer plan credits, and no emails beyond three. */
const dearer: CatalogConfig = {
  ...smallCatalogConfig,
  tools: [
    {
      id: 'search',
      label: 'Web search',
      prices: [{ amount: '2' }, { from: '2027-01-01T00:00:00.000Z', amount: '3' }],
    },
  ],
  plans: smallCatalogConfig.plans.map((plan) =>
    plan.id === 'free'
      ? {
          ...plan,
          monthlyCredits: '50',
          limits: (plan.limits ?? []).map((limit) =>
            limit.metric === 'emails' ? { ...limit, included: '3' } : limit,
          ),
        }
      : plan,
  ),
};

function write(name: string, config: CatalogConfig): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(config));
  return file;
}

beforeAll(async () => {
  let nowMs = startMs;
  const server = await serve({
    port: 0,
    databaseFile: database,
    catalog: smallCatalogConfig,
    secretKeys: [key],
    clock: { nowMs: () => nowMs },
  });
  const send = async (method: string, path: string, body: unknown) => {
    const answered = await fetch(`${server.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
      },
      body: JSON.stringify(body),
    });
    expect(answered.ok, await answered.clone().text()).toBe(true);
  };
  const consume = (accountId: string, items: object[]) => send('POST', '/v1/consume', { accountId, items });
  for (const id of ['calm', 'busy', 'idle', 'buyer', 'cached']) await send('PUT', `/v1/accounts/${id}`, {});
  await consume('calm', [{ tool: 'search', calls: 4 }]);
  await consume('calm', [{ model: 'meter-1', inputTokens: 1_000, outputTokens: 2_000 }]);
  await consume('cached', [{ model: 'meter-1', inputTokens: 1_000, cachedTokens: 4_000, outputTokens: 500 }]);
  nowMs += dayMs;
  for (let index = 0; index < 5; index++) await consume('busy', [{ metric: 'emails', quantity: '1' }]);
  for (let index = 0; index < 4; index++) await consume('busy', [{ tool: 'search', calls: 5 }]);
  await send('POST', '/v1/accounts/buyer/grants', { amount: '1000', source: 'purchase' });
  await consume('buyer', [{ tool: 'search', calls: 60 }]);
  // A mistake that was taken back, which nobody would have paid.
  await send('POST', '/v1/events', {
    events: [{ id: 'wrong', accountId: 'calm', items: [{ tool: 'search', calls: 9 }] }],
  });
  await send('POST', '/v1/accounts/calm/voids', { use: { eventId: 'wrong' }, reason: 'A mistake' });
  await server.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const catalog = (...line: string[]) => usagekit(['catalog', ...line, '--database', database]);

async function tried(config: CatalogConfig, ...flags: string[]) {
  const { code, out, err } = await catalog(
    'try',
    write('tried.json', config),
    '--against',
    may,
    '--format',
    'csv',
    ...flags,
  );
  expect(code, err).toBe(0);
  const [head = '', ...lines] = out.trimEnd().split('\n');
  const columns = head.split(',');
  const rows = lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, index) => [columns[index] ?? '', cell])),
  );
  return { rows, err };
}

describe('usagekit catalog try', () => {
  it('F18: tells the same of both where the catalog is the same, and what really was', async () => {
    const { rows, err } = await tried(smallCatalogConfig);
    expect(rows).toMatchObject([
      {
        account: 'busy',
        uses: '9',
        charged_before: '40',
        charged_after: '40',
        refused_before: '0',
        refused_after: '0',
      },
      { account: 'buyer', uses: '1', charged_before: '120', charged_after: '120', granted_before: '100' },
      { account: 'cached', uses: '1', charged_before: '2.9', charged_after: '2.9', estimated: '0' },
      // 8 for searches, 1 for input and 6 for output.
      { account: 'calm', uses: '2', charged_before: '15', charged_after: '15', estimated: '0' },
    ]);
    expect(err).toContain('4 accounts with use');
    expect(err).toContain('0 would have paid another amount');
  });

  it('F18: tells what each account would have paid, been refused and been granted', async () => {
    const { rows, err } = await tried(dearer);
    expect(rows).toMatchObject([
      // Three of five emails; three searches of five calls at 3 are 45 of 50 credits, and the fourth is too many.
      {
        account: 'busy',
        charged_after: '45',
        refused_after: '3',
        granted_before: '100',
        granted_after: '50',
      },
      // Credits that were bought are there under either.
      { account: 'buyer', charged_after: '180', refused_after: '0' },
      { account: 'cached', charged_after: '2.9' },
      { account: 'calm', charged_after: '19', refused_after: '0' },
    ]);
    expect(err).toContain('3 would have paid another amount');
  });

  it('F18: prices a request by other rates as it was stated, cached input for itself', async () => {
    const models = smallCatalogConfig.models?.map((model) =>
      model.id === 'meter-1'
        ? {
            ...model,
            prices: [
              {
                input: { amount: '1', per: 1000 as const },
                output: { amount: '5', per: 1000 as const },
                cached: { amount: '0.2', per: 1000 as const },
              },
            ],
          }
        : model,
    );
    const { rows } = await tried({ ...smallCatalogConfig, ...(models && { models }) }, '--account', 'cached');
    expect(rows).toMatchObject([{ charged_before: '2.9', charged_after: '4.3', estimated: '0' }]);
  });

  it('F18: tells uses of what the catalog does not sell, and takes the plan that replaces one which is gone', async () => {
    const { tools: _, ...withoutTools } = smallCatalogConfig;
    const plans = smallCatalogConfig.plans.map((plan) =>
      plan.id === 'free' ? { ...plan, id: 'starter', name: 'Starter', replaces: ['free'] } : plan,
    );
    const { rows } = await tried({ ...withoutTools, plans }, '--account', 'busy');
    expect(rows).toMatchObject([
      { account: 'busy', unsold_after: '4', refused_after: '0', granted_after: '100' },
    ]);
  });

  it('F18: writes nothing, and says how a period is typed right', async () => {
    const before = await usagekit(['export', 'busy', '--database', database]);
    await tried(dearer);
    expect((await usagekit(['export', 'busy', '--database', database])).out).toBe(before.out);
    const wrong = await catalog('try', write('tried.json', dearer), '--against', 'yesterday');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('none of last-month, 30d')]);
    const none = await catalog('try', write('tried.json', dearer), '--against', '1d');
    expect(none.err).toContain('0 accounts with use');
  });
});

describe('usagekit catalog', () => {
  it('F18: tells what a catalog says otherwise, by ids and not by places', async () => {
    const file = write('dearer.json', { ...dearer, plans: [...dearer.plans].reverse() });
    const { out, err } = await catalog('diff', file);
    expect(out.trimEnd().split('\n')).toEqual([
      '  plans/free/monthlyCredits: "100" -> "50"',
      '  plans/free/limits/emails/included: "10" -> "3"',
      expect.stringMatching(/^ {2}tools\/search\/prices: /),
      expect.stringMatching(/^- tools\/search\/integrations: /),
    ]);
    expect(err).toContain('4 changes since version 1');
    const same = await catalog('diff', '1');
    expect([same.out, same.err.trim()]).toEqual(['', 'It says the same as version 1.']);
    const json = await catalog('diff', file, '--json');
    expect(JSON.parse(json.out.split('\n')[0] ?? '')).toEqual({
      at: 'plans/free/monthlyCredits',
      before: '"100"',
      after: '"50"',
    });
  });

  it('F18: lists versions, moves subscriptions by a rule, and goes back to an earlier version', async () => {
    const versions = await catalog('versions');
    expect(versions.out).toMatch(/^1 {2}2026-05-01T00:00:00\.000Z {2}latest\n$/);
    const dry = await catalog('move', '--plan', 'free', '--dry-run');
    expect(dry.out.trimEnd().split('\n')).toEqual(['busy', 'buyer', 'cached', 'calm', 'idle']);
    expect((await catalog('move', '--plan', 'pro')).err).toContain('0 subscriptions are moved');
    expect((await catalog('move', '--plan', 'free', '--made-before', '2026-01-01T00:00:00Z')).out).toBe('');
    const server = await serve({ port: 0, databaseFile: database, catalog: dearer, secretKeys: [key] });
    await server.close();
    const moved = await catalog('move', '--plan', 'free', '--when', 'now');
    expect([moved.code, moved.out.trimEnd().split('\n')]).toEqual([
      0,
      ['busy', 'buyer', 'cached', 'calm', 'idle'],
    ]);
    const again = await catalog('move', '--plan', 'free', '--when', 'now');
    expect([again.code, again.out]).toEqual([0, '']);
    expect(again.err).toContain('0 subscriptions are moved; 5 stay where they are.');
    expect((await usagekit(['account', 'show', 'busy', '--database', database])).code).toBe(0);
    const restored = await catalog('restore', '1');
    expect(restored.out).toContain('Version 3 is the latest and says what version 1 said.');
    expect((await catalog('restore', '9')).code).toBe(1);
  });
});
