import type { Item, Problem, Role, SeriesDimension, Usage, UsageSeries } from '@usagekit/server/contract';
import { compileCatalog } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { catalogTemplates } from '../../../server/src/catalogs/index.ts';
import { completeViews } from '../../../server/src/domain/access/role-views.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const roles: readonly Role[] = ['super_admin', 'owner', 'admin', 'manager', 'member', 'viewer'];
const readers = [
  ...roles.map((role) => ({ reader: role, member: { role } })),
  { reader: 'billing_read', member: { role: 'member', permissions: ['billing:read'] } },
] as const;

type Template = keyof typeof catalogTemplates;

/** An account of the product with use of everything that it counts, by one of its members. */
async function usedProduct(name: Template) {
  const config = catalogTemplates[name];
  const compiled = compileCatalog(config);
  if (compiled.outcome !== 'compiled') throw new Error(name);
  const { catalog } = compiled;
  const server = createTestServer({ catalog: config });
  const paid = config.plans.filter(({ kind }) => kind === 'paid').sort((a, b) => b.rank - a.rank)[0];
  await server.account('acme', { planId: paid?.id ?? '' });
  await server.post('/v1/accounts/acme/grants', {
    amount: '7000',
    ...(catalog.unit !== 'credits' && { unit: 'money' }),
  });
  const [model] = catalog.models.keys();
  const [tool] = catalog.tools.keys();
  const counted = [...catalog.metrics.values()].filter(
    ({ kind, countsFrom }) => kind === 'counter' && countsFrom === null,
  );
  const items: Item[] = [
    ...counted.map(({ id }) => ({ metric: id, quantity: '2' })),
    ...(model === undefined ? [] : [{ model, inputTokens: 4_000, outputTokens: 900 }]),
    ...(tool === undefined ? [] : [{ tool, calls: 2 }]),
  ];
  const at = new Date(server.clock.nowMs()).toISOString();
  const about = { accountId: 'acme', memberId: 'mia', agentId: 'scout', apiKeyId: 'production' };
  await server.post('/v1/events', {
    events: items.map((item, place) => ({ id: `e-${place}`, at, items: [item], ...about })),
  });
  await server.post('/v1/tasks', { ...about, name: 'Nightly run', status: 'in_progress' });
  return { server, catalog, config };
}

async function read<Body>(server: TestServer, path: string, token: string) {
  const { status, body } = await server.get<Body>(`/v1/accounts/acme/${path}`, token);
  return { status, body, text: JSON.stringify(body) };
}

describe.each(Object.keys(catalogTemplates) as Template[])('the usage view of the product %s', (name) => {
  it('B12, D2: shows units, credits and money to each role as the catalog says: in series, uses, meters and exports', async () => {
    const { server, catalog, config } = await usedProduct(name);
    const views = completeViews(config.views);
    const seen = new Map<string, number>();
    for (const { reader, member } of readers) {
      await server.put('/v1/accounts/acme/members/reader', member);
      const token = await server.token({ accountId: 'acme', memberId: 'reader' });
      const view =
        reader === 'billing_read'
          ? { ...views.billing_read, usageOf: 'all' as const }
          : views[reader as Role];
      const hasUnits = view.usage === 'units';
      const hasMoney = view.money;
      const hasBalance = view.balance && (catalog.unit === 'credits' || hasMoney);
      const shown = new Map<string, boolean>([['credits', hasUnits && hasBalance]]);
      for (const { id, countsFrom } of catalog.metrics.values())
        shown.set(id, hasUnits && (countsFrom !== 'charges' || catalog.unit === 'credits' || hasMoney));
      seen.set(reader, [...shown.values()].filter(Boolean).length);
      const answers: string[] = [];
      for (const [metric, isShown] of shown) {
        const of = `${name}, ${reader}, ${metric}`;
        for (const groupBy of [undefined, 'agent', 'apiKey', 'lineItem'] satisfies (
          | SeriesDimension
          | undefined
        )[]) {
          const by = groupBy === undefined ? '' : `&groupBy=${groupBy}`;
          const series = await read<UsageSeries & Problem>(
            server,
            `usage/series?metric=${metric}${by}`,
            token,
          );
          expect(series.status, of).toBe(isShown ? 200 : 403);
          if (!isShown) continue;
          // Money says that it is money; units and credits are never shown as money.
          const isMoney = metric === 'credits' && catalog.unit !== 'credits';
          expect('currency' in series.body.unit, of).toBe(isMoney);
          answers.push(series.text);
        }
        const uses = await read(server, `uses?metric=${metric}&from=2026-01-01T00:00:00Z`, token);
        expect(uses.status, of).toBe(isShown ? 200 : 403);
        answers.push(uses.text);
      }
      const usage = await read<Usage>(server, 'usage', token);
      expect(usage.status, reader).toBe(view.usage === 'none' ? 403 : 200);
      if (view.usage === 'none') continue;
      expect(usage.body.moneyVisible, reader).toBe(hasMoney);
      expect(usage.body.credits !== null, reader).toBe(hasBalance);
      const used = usage.body.groups
        .flatMap(({ meters }) => meters)
        .filter(({ metric }) => catalog.metrics.get(metric)?.countsFrom !== 'charges')
        .map((meter) => meter.used);
      expect(
        used.every((each) => (each !== null) === hasUnits),
        `${name}, ${reader}`,
      ).toBe(true);
      expect(usage.body.breakdowns.includes('lineItem'), reader).toBe(hasUnits && hasBalance);
      const history = await server.get<object>('/v1/accounts/acme/usage/history', token);
      if (history.status === 200) answers.push(JSON.stringify(history.body));
      expect(history.status === 200, reader).toBe(hasUnits && view.usageOf === 'all');
      const exported = await server.app.fetch(
        new Request('http://usage.test/v1/accounts/acme/tasks/export', {
          headers: { authorization: `Bearer ${token}` },
        }),
      );
      const csv = await exported.text();
      const [head = [], ...rows] = csv
        .trim()
        .split(/\r?\n/)
        .map((line) => line.split(','));
      expect(rows.length > 0, reader).toBe(view.tasks === 'all');
      for (const row of rows) expect(row[head.indexOf('cost')] !== '', reader).toBe(hasBalance);
      if (!hasMoney) for (const text of answers) expect(text).not.toMatch(/"currency"|USD|EUR/);
    }
    // The roles differ: what a viewer gets is not what an owner gets.
    expect(seen.get('viewer')).toBe(0);
    expect(seen.get('owner')).toBeGreaterThan(1);
  });
});
