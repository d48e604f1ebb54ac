import type {
  Activity,
  CatalogConfig,
  CatalogView,
  CreatedKey,
  Credits,
  LedgerEntry,
  Page,
  Problem,
  Summary,
  Usage,
} from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { fieldnoteCatalog } from '../../../sdk/demo/catalog.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const german = {
  credit: 'Guthabenpunkt',
  credits: 'Guthabenpunkte',
  Emails: 'E-Mails',
  email: 'E-Mail',
  emails: 'E-Mails',
  'Web search': 'Websuche',
  Free: 'Kostenlos',
  Pro: 'Profi',
  '500 credits': '500 Guthabenpunkte',
};
const config: CatalogConfig = { ...smallCatalogConfig, translations: { de: german } };

async function started(catalog = config, planId = 'pro') {
  const server = createTestServer({ catalog });
  const accountId = await server.account('acme', { planId });
  await server.member(accountId, 'ada', { role: 'owner' });
  const tokenIn = (language?: string) =>
    server.token({ accountId, memberId: 'ada', ...(language === undefined ? {} : { language }) });
  return { server, tokenIn };
}

describe('the texts of a catalog in several languages', () => {
  it('L406: a reader gets those of the language of the token, of a narrower language those of the wider one, and the rest as it stands', async () => {
    const { server, tokenIn } = await started();
    const seen = async (language?: string) => {
      const token = await tokenIn(language);
      const usage = await server.get<Usage>('/v1/accounts/acme/usage', token);
      const summary = await server.get<Summary>('/v1/accounts/acme/summary', token);
      const meters = usage.body.groups.flatMap((group) => group.meters);
      return [summary.body.planName, meters[0]?.label, meters[0]?.unit.other, meters[1]?.label];
    };
    const own = ['Pro', 'Emails', 'emails', 'Workflow executions'];
    const translated = ['Profi', 'E-Mails', 'E-Mails', 'Workflow executions'];
    expect(await seen()).toEqual(own);
    expect(await seen('de')).toEqual(translated);
    expect(await seen('de-AT')).toEqual(translated);
    expect(await seen('DE-at')).toEqual(translated);
    expect(await seen('fr')).toEqual(own);
  });

  it('are those of a stored name too, and an answer to a key is in the language that the request accepts first', async () => {
    const { server, tokenIn } = await started();
    await server.post('/v1/consume', {
      accountId: 'acme',
      memberId: 'ada',
      items: [{ tool: 'search', calls: 1 }],
    });
    const token = await tokenIn('de');
    const ledger = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger', token);
    expect(ledger.body.items.find(({ kind }) => kind === 'debit')?.description).toBe('Websuche');
    for (const source of ['purchase', 'promotional'])
      await server.post('/v1/accounts/acme/grants', {
        amount: '500',
        source,
        label: '500 credits',
        reason: 'test',
      });
    const credits = await server.get<Credits>('/v1/accounts/acme/credits', token);
    // The name of a pack is the catalog's, that of a promotion the host's own.
    expect(credits.body.grants.map(({ source, label }) => [source, label])).toEqual(
      expect.arrayContaining([
        ['purchase', '500 Guthabenpunkte'],
        ['promotional', '500 credits'],
      ]),
    );
    expect([
      credits.body.creditLabel.other,
      credits.body.grants.find(({ source }) => source === 'plan')?.planName,
    ]).toEqual(['Guthabenpunkte', 'Profi']);

    const { body: key } = await server.post<CreatedKey>('/v1/keys', {
      kind: 'extension',
      accountId: 'acme',
      memberId: 'ada',
    });
    for (const credentials of [key.secret, undefined]) {
      const { body } = await server.send<Summary>('GET', '/v1/accounts/acme/summary', undefined, {
        ...(credentials === undefined ? {} : { token: credentials }),
        headers: { 'accept-language': 'de-DE,en;q=0.7' },
      });
      expect(body.planName).toBe('Profi');
    }
  });

  it('hold for plans that were sold before they were made', async () => {
    const { server, tokenIn } = await started(smallCatalogConfig);
    expect((await server.put('/v1/catalog', config)).status).toBe(200);
    const { body } = await server.get<Summary>('/v1/accounts/acme/summary', await tokenIn('de'));
    expect(body.planName).toBe('Profi');
  });

  it('change nothing that is decided, stored or sent to the host', async () => {
    const { server, tokenIn } = await started();
    await server.send(
      'POST',
      '/v1/accounts/acme/subscription/change',
      { planId: 'free' },
      { token: await tokenIn('de'), key: 'k' },
    );
    const activity = await server.get<Page<Activity>>('/v1/accounts/acme/activity');
    expect(activity.body.items.map(({ event }) => event)).toContainEqual(
      expect.objectContaining({ kind: 'plan_changed', plan: 'Free' }),
    );
    const { body } = await server.get<CatalogView>('/v1/catalog');
    expect(body.config).toEqual(config);
  });

  it('a translation of what the catalog does not say, and a language that is not known, are mistakes with their places', async () => {
    const server = createTestServer();
    const refused = async (translations: CatalogConfig['translations']) => {
      const { status, body } = await server.put<Problem>('/v1/catalog', {
        ...smallCatalogConfig,
        translations,
      });
      return [status, body.invalidParameters?.map(({ pointer }) => pointer)];
    };
    expect(await refused({ de: { Emials: 'E-Mails', Pro: ' ' } })).toEqual([
      422,
      ['/translations/de/Emials', '/translations/de/Pro'],
    ]);
    expect(await refused({ 'DE de': german })).toEqual([400, ['/translations/DE de']]);
    expect(await refused({ 'de-at': german })).toEqual([422, ['/translations/de-at']]);
    expect(await refused({ de: { 'Pro/Free~': 'x' } })).toEqual([422, ['/translations/de/Pro~1Free~0']]);
  });

  it('leave no text of the catalog out in what members read', async () => {
    const catalog = fieldnoteCatalog('https://fieldnote.example');
    const texts = textsIn({ ...catalog, billing: undefined, links: undefined, translations: undefined });
    const marked = Object.fromEntries([...texts].map((text) => [text, `«${text}»`]));
    const { server, tokenIn } = await started({ ...catalog, translations: { de: marked } }, 'team');
    const use = { accountId: 'acme', memberId: 'ada', category: catalog.categories?.[0]?.id };
    const items = [
      { tool: 'web_search', calls: 1 },
      { model: catalog.models?.[0]?.id, inputTokens: 1_000 },
    ];
    expect((await server.post('/v1/consume', { ...use, items })).status).toBe(200);
    expect((await server.post('/v1/tasks', { ...use, id: 'task', name: 'A task' })).status).toBe(201);
    const token = await tokenIn('de');
    const { body: ledger } = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger', token);
    const debit = ledger.items.find(({ kind }) => kind === 'debit');
    const shown = new Set<string>();
    for (const path of [
      '/v1/catalog',
      '/v1/models',
      '/v1/accounts/acme/usage',
      '/v1/accounts/acme/summary',
      '/v1/accounts/acme/subscription',
      '/v1/accounts/acme/credits',
      '/v1/accounts/acme/ledger',
      '/v1/accounts/acme/activity',
      ...['tool', 'model', 'category'].map(
        (dimension) => `/v1/accounts/acme/usage/series?metric=credits&groupBy=${dimension}`,
      ),
      `/v1/accounts/acme/explain/${debit?.id}`,
      '/v1/accounts/acme/usage/history',
      '/v1/accounts/acme/uses?metric=credits&from=2026-06-01T00:00:00Z&to=2026-06-11T00:00:00Z',
      '/v1/accounts/acme/forecast',
      '/v1/accounts/acme/diagnosis',
      '/v1/accounts/acme/auto-top-up',
      '/v1/tasks?accountId=acme',
    ]) {
      const { status, body } = await server.get<object>(path, token);
      expect([path, status]).toEqual([path, 200]);
      for (const text of textsIn(body)) shown.add(text);
    }
    expect([...shown].filter((text) => texts.has(text))).toEqual([]);
    expect([...shown].filter((text) => text.startsWith('«')).length).toBeGreaterThan(30);
  });
});

const fieldsWithTexts = new Set(['label', 'name', 'planName', 'one', 'other', 'description', 'tierLabel']);
const fieldsOfTexts = new Set(['highlights', 'warnings', 'facts', 'choices']);

/** Whatever stands under a field that is shown to people. */
function textsIn(value: unknown, isText = false): Set<string> {
  if (typeof value === 'string') return new Set(isText ? [value] : []);
  const fields = Object.entries(value ?? {});
  return new Set(
    fields.flatMap(([field, inner]) => [
      ...textsIn(inner, isText || fieldsWithTexts.has(field) || fieldsOfTexts.has(field)),
    ]),
  );
}
