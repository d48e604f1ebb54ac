import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CatalogConfig } from '@usagekit/server/contract';
import { serve } from '@usagekit/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { usagekit } from '../support/command-line.ts';

const key = 'sk_test_of-the-standing';
const folder = mkdtempSync(join(tmpdir(), 'usagekit-standing-'));
const database = join(folder, 'usage.sqlite');
/** Cycles begin on the 10th, and the period in the middle of one. */
const cycle = '2026-05-10T00:00:00.000Z';
const period = '2026-05-20T00:00:00Z..2026-06-01T00:00:00Z';

const catalog: CatalogConfig = {
  ...smallCatalogConfig,
  addOns: [
    {
      id: 'more-emails',
      label: 'More emails',
      price: { month: { amount: '5', currency: 'USD' } },
      allowance: { metric: 'emails', quantity: '500' },
    },
  ],
};

beforeAll(async () => {
  let nowMs = Date.parse(cycle);
  const server = await serve({
    port: 0,
    databaseFile: database,
    catalog,
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
  const emails = (accountId: string, quantity: string, memberId?: string) =>
    send('POST', '/v1/consume', {
      accountId,
      ...(memberId && { memberId }),
      items: [{ metric: 'emails', quantity }],
    });
  for (const id of ['added', 'bounded', 'earlier', 'keyed', 'shared'])
    await send('PUT', `/v1/accounts/${id}`, { planId: 'pro' });
  await send('PUT', '/v1/accounts/added/add-ons/more-emails', { quantity: 1 });
  // Most of the cycle's allowance was used before the period.
  await emails('earlier', '900');
  nowMs = Date.parse('2026-05-21T00:00:00.000Z');
  await emails('added', '1200');
  await emails('bounded', '5');
  await emails('bounded', '5');
  await send('PUT', '/v1/accounts/bounded/limits/emails', { limit: '8' });
  await emails('earlier', '60');
  await send('POST', '/v1/consume', { accountId: 'keyed', items: [{ model: 'swift-1' }] });
  await send('PUT', '/v1/accounts/keyed/own-keys/acme', { label: 'Ours', lastFour: 'abcd' });
  await send('POST', '/v1/consume', { accountId: 'keyed', items: [{ model: 'swift-1' }] });
  await emails('shared', '5', 'ada');
  await emails('shared', '5', 'ada');
  await emails('shared', '5', 'bo');
  await send('PUT', '/v1/accounts/shared/members/ada', { allocations: { emails: '8' } });
  await server.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function tried(config: CatalogConfig) {
  const file = join(folder, 'tried.json');
  writeFileSync(file, JSON.stringify(config));
  const { code, out, err } = await usagekit([
    'catalog',
    'try',
    file,
    '--against',
    period,
    '--format',
    'csv',
    '--database',
    database,
  ]);
  expect(code, err).toBe(0);
  const [head = '', ...lines] = out.trimEnd().split('\n');
  const columns = head.split(',');
  const rows = lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, index) => [columns[index] ?? '', cell])),
  );
  return { rows: Object.fromEntries(rows.map((row) => [row.account, row])), err };
}

describe('usagekit catalog try', () => {
  it('F18: tries an account with what it has set and bought: shares, own limits, own keys, add-ons', async () => {
    const { rows, err } = await tried(catalog);
    expect(rows).toMatchObject({
      // 1,200 of 1,000 and 500 that were bought.
      added: { uses: '1', refused_before: '0', refused_after: '0' },
      // The second five are more than the eight that the account allows itself now.
      bounded: { uses: '2', refused_before: '1', refused_after: '1' },
      // One request was charged, and one paid by the account's own key.
      keyed: { uses: '2', charged_before: '1', charged_after: '1' },
      // Ada's second five are more than her share; others have none.
      shared: { uses: '3', refused_before: '1', refused_after: '1' },
    });
    expect(err).toContain('One member has a share');
    expect(err).not.toContain('Left out');
  });

  it('F18: counts the part of a cycle before the period against its allowances, and tells the period alone', async () => {
    const fewer = catalog.plans.map((plan) => ({
      ...plan,
      limits: (plan.limits ?? []).map((limit) =>
        limit.metric === 'emails' && plan.id === 'pro' ? { ...limit, included: '950' } : limit,
      ),
    }));
    const { rows } = await tried({ ...catalog, plans: fewer });
    expect(rows.earlier).toMatchObject({
      uses: '1',
      refused_before: '0',
      refused_after: '1',
      granted_before: '0',
      granted_after: '0',
    });
  });

  it('F18: names what an account has bought and the catalog does not sell', async () => {
    const { rows, err } = await tried(smallCatalogConfig);
    expect(rows.added).toMatchObject({ refused_before: '0', refused_after: '1' });
    expect(err).toMatch(/Left out under this catalog.*: added: add-on more-emails$/m);
  });
});
