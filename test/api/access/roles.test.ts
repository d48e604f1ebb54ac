import type { CatalogConfig, Role } from '@usagekit/server/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../server/src/app/routes/routes.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { readStream } from '../support/read-stream.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

/** Figures that stand nowhere else, so that they are seen wherever they come out. */
const secrets = {
  planPrice: '4217.37',
  packPrice: '813.91',
  granted: '90210.5',
  ownerTask: 'owner-only-task',
  modelName: 'Deep 1',
};

const catalog: CatalogConfig = {
  ...smallCatalogConfig,
  plans: smallCatalogConfig.plans.map((plan) =>
    plan.id === 'pro' ? { ...plan, price: { month: { amount: secrets.planPrice, currency: 'USD' } } } : plan,
  ),
  creditPacks: [
    { id: 'small', label: 'Small', credits: '500', price: { amount: secrets.packPrice, currency: 'USD' } },
  ],
};

const roles: readonly Role[] = ['super_admin', 'owner', 'admin', 'manager', 'member', 'viewer'];

async function withMembers(config: CatalogConfig = catalog) {
  const server = createTestServer({ catalog: config });
  await server.account('acme', { planId: 'pro' });
  await server.account('other');
  await server.post('/v1/accounts/acme/grants', { amount: secrets.granted });
  const tokens = {} as Record<Role, string>;
  for (const role of roles) tokens[role] = await server.member('acme', role, { role });
  const use = {
    accountId: 'acme',
    memberId: 'owner',
    agentId: 'a',
    items: [{ model: 'deep-1' }, { metric: 'emails', quantity: '37' }],
  };
  const consumed = await server.post<{ id: string }>('/v1/consume', use);
  expect(consumed.status).toBe(200);
  await server.post('/v1/tasks', {
    id: 'task-1',
    accountId: 'acme',
    memberId: 'owner',
    name: secrets.ownerTask,
    status: 'in_progress',
    estimate: [{ model: 'deep-1' }],
  });
  await server.post('/v1/holds', { id: 'hold-1', accountId: 'acme', items: [{ model: 'swift-1' }] });
  return { server, tokens, entryId: `${consumed.body.id}~debit` };
}

/** Every address that is read with GET, filled in. Streams are read in tests of their own. */
function readAddresses(entryId: string): string[] {
  const values: Record<string, string> = {
    accountId: 'acme',
    memberId: 'owner',
    taskId: 'task-1',
    holdId: 'hold-1',
    keyId: 'key-1',
    clockId: 'clock-1',
    entryId,
    purchaseId: 'purchase-1',
    provider: 'sandbox',
    page: 'methods',
    ticket: 'none',
  };
  return routes
    .filter(
      ({ method, path, callers }) => method === 'GET' && callers !== 'anyone' && !path.endsWith('/stream'),
    )
    .map(({ path }) => path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? 'missing'))
    .map((path) => (path.endsWith('/usage/series') ? `${path}?metric=credits` : path))
    .map((path) => (path.endsWith('/uses') ? `${path}?metric=credits&from=2026-06-01T00:00:00Z` : path));
}

async function readAll(server: TestServer, token: string, entryId: string) {
  const answers = [];
  for (const path of readAddresses(entryId)) answers.push({ path, ...(await server.get(path, token)) });
  return answers;
}

describe('views by role, on every route', () => {
  let scene: Awaited<ReturnType<typeof withMembers>>;
  const answersOf = (role: Role) => readAll(scene.server, scene.tokens[role], scene.entryId);
  beforeAll(async () => {
    scene = await withMembers();
  });

  /** Each role opens what the one before opens, and more. */
  const ofViewers = ['connected-browsers', 'tasks', 'usage', 'diagnosis'];
  const ofMembers = [...ofViewers, 'credits', 'ledger', 'series', 'uses', 'forecast'];
  const ofManagers = [...ofMembers, 'explain'];
  /** What `manage` opens. */
  const managing = [
    ...ofManagers,
    'billing-details',
    'charges',
    'invoices',
    'subscription',
    'members',
    'activity',
    'auto-top-up',
    'payment-method',
    'own-keys',
  ];
  const readable: Record<Role, string[]> = {
    super_admin: managing,
    owner: managing,
    admin: managing,
    manager: ofManagers,
    member: ofMembers,
    viewer: ofViewers,
  };
  it.each(roles)('opens to a %s what its view allows, and nothing else', async (role) => {
    const opened = (await answersOf(role))
      .filter(({ path, status }) => status === 200 && path.startsWith('/v1/accounts/acme/'))
      .map(({ path }) => path.replace('/v1/accounts/acme/', '').split('?')[0]?.split('/'))
      .map((parts) => (parts?.[0] === 'usage' && parts.length > 1 ? 'series' : parts?.[0]))
      .filter((name) => name !== 'summary');
    const own = role === 'owner' && !readable[role].includes('members') ? ['members'] : [];
    expect(new Set(opened)).toEqual(new Set([...readable[role], ...own]));
  });

  it.each(['manager', 'member', 'viewer'] as const)('tells a %s no price by any route', async (role) => {
    const texts = (await answersOf(role)).map(({ text }) => text).join('\n');
    expect(texts).not.toContain(secrets.planPrice);
    expect(texts).not.toContain(secrets.packPrice);
  });

  it('B12: tells a viewer nothing of billing by any route, no balance, price, plan or cost', async () => {
    const answers = await answersOf('viewer');
    const texts = answers.map(({ text }) => text).join('\n');
    for (const secret of [secrets.planPrice, secrets.packPrice, secrets.granted, '90100.5'])
      expect(texts).not.toContain(secret);
    const summary = answers.find(({ path }) => path.endsWith('/summary'));
    expect(summary?.body).toMatchObject({
      credits: null,
      creditsIncluded: null,
      planName: null,
      billingUrl: null,
    });
    const usage = answers.find(({ path }) => path.endsWith('/usage'));
    expect(usage?.body).toMatchObject({
      credits: null,
      planName: null,
      myUsage: [],
      budget: { used: null, included: null },
    });
    expect(JSON.stringify(usage?.body)).not.toMatch(/"(used|included|held|refusesAt)":"/);
  });

  it('B12: keeps the balance from members where the catalog says so, by every route and the stream', async () => {
    const { server, tokens, entryId } = await withMembers({
      ...catalog,
      views: { member: { balance: false }, manager: { balance: false } },
    });
    const texts = (await readAll(server, tokens.member, entryId)).map(({ text }) => text).join('\n');
    expect(texts).not.toMatch(/"available":"/);
    expect(texts).not.toContain(secrets.granted);
    expect(texts).not.toContain('90100.5');
    for (const path of ['credits', 'ledger', `explain/${entryId}`])
      expect((await server.get(`/v1/accounts/acme/${path}`, tokens.member)).status).toBe(403);

    const stream = await readStream(server, 'acme', tokens.member);
    expect(await stream.next()).toMatchObject({ type: 'hello' });
    await server.post('/v1/consume', { accountId: 'acme', items: [{ model: 'swift-1' }] });
    expect(await stream.next()).toMatchObject({ type: 'change', credits: null });
    await stream.leave();
  });

  it('B12: gives billing to a holder of billing:read whatever the role', async () => {
    const { server } = scene;
    const token = await server.member('acme', 'bookkeeper', {
      role: 'viewer',
      permissions: ['billing:read'],
    });
    const credits = await server.get<{ canPurchase: boolean }>('/v1/accounts/acme/credits', token);
    expect(credits.status).toBe(200);
    expect(credits.body.canPurchase).toBe(false);
    expect(
      (await server.get<{ price: unknown }>('/v1/accounts/acme/subscription', token)).body.price,
    ).toEqual({
      amount: secrets.planPrice,
      currency: 'USD',
    });
  });

  it("shows members their own tasks only, and not that another's is there", async () => {
    const { server, tokens } = scene;
    const list = await server.get<{ items: unknown[] }>('/v1/tasks', tokens.member);
    expect(list.body.items).toEqual([]);
    expect((await server.get('/v1/tasks/task-1', tokens.member)).status).toBe(404);
    expect((await server.get('/v1/tasks?memberId=owner', tokens.member)).status).toBe(403);
    expect((await server.get('/v1/tasks/task-1', tokens.manager)).status).toBe(200);
  });

  it("keeps other members' use out of a member's series", async () => {
    const { server, tokens } = scene;
    const own = await server.get<{ total: string }>(
      '/v1/accounts/acme/usage/series?metric=emails',
      tokens.member,
    );
    expect(own.body.total).toBe('0');
    const all = await server.get<{ total: string }>(
      '/v1/accounts/acme/usage/series?metric=emails',
      tokens.manager,
    );
    expect(all.body.total).toBe('37');
    const explained = await server.get(`/v1/accounts/acme/explain/${scene.entryId}`, tokens.member);
    expect(explained.status).toBe(404);
  });

  it("tells a member the amount of others' uses in the ledger and nothing else of them", async () => {
    const { server, tokens } = scene;
    for (const path of ['ledger', 'credits']) {
      const { text } = await server.get(`/v1/accounts/acme/${path}`, tokens.member);
      // Entries of others have no words of their own: their kind and amount alone.
      expect(text).toContain('"description":null');
      expect(text).not.toContain(secrets.modelName);
      expect(text).not.toContain('"memberId":"owner"');
      expect(text).not.toContain('"agentId"');
    }
    const all = await server.get('/v1/accounts/acme/ledger', tokens.manager);
    expect(all.text).toContain(secrets.modelName);
  });

  it('works at once when a member is demoted, with the token that it has', async () => {
    const { server } = scene;
    const token = await server.member('acme', 'rita', { role: 'admin' });
    expect((await server.get('/v1/accounts/acme/subscription', token)).status).toBe(200);
    await server.put('/v1/accounts/acme/members/rita', { role: 'viewer' });
    expect((await server.get('/v1/accounts/acme/subscription', token)).status).toBe(403);
  });

  it('lets a token narrow what the role may see, and never widen it', async () => {
    const { server } = scene;
    const narrowed = await server.token({ accountId: 'acme', memberId: 'owner', narrowTo: 'viewer' });
    expect((await server.get('/v1/accounts/acme/credits', narrowed)).status).toBe(403);
    const widened = await server.token({ accountId: 'acme', memberId: 'viewer', narrowTo: 'owner' });
    expect((await server.get('/v1/accounts/acme/credits', widened)).status).toBe(403);
  });

  it('refuses every write of the backend to members, and every account but its own', async () => {
    const { server, tokens } = scene;
    const use = { accountId: 'acme', items: [{ model: 'swift-1' }] };
    for (const path of [
      '/v1/consume',
      '/v1/events',
      '/v1/holds',
      '/v1/tasks',
      '/v1/tokens',
      '/v1/keys',
      '/v1/accounts/acme/grants',
    ])
      expect((await server.post(path, use, { token: tokens.owner })).status).toBe(403);
    for (const path of ['summary', 'usage', 'credits', 'ledger', 'subscription', 'members'])
      expect((await server.get(`/v1/accounts/other/${path}`, tokens.owner)).status).toBe(403);
    expect((await server.get('/v1/tasks?accountId=other', tokens.owner)).status).toBe(403);
  });

  it('E12: lets an admin raise and clear allocations, and nobody below', async () => {
    const { server, tokens } = scene;
    const path = '/v1/accounts/acme/members/member';
    const raised = await server.put(path, { allocations: { emails: '5' } }, { token: tokens.admin });
    expect(raised.body).toMatchObject({ allocations: { emails: '5' } });
    expect((await server.put(path, { role: 'owner' }, { token: tokens.admin })).status).toBe(403);
    expect((await server.put(path, { allocations: {} }, { token: tokens.manager })).status).toBe(403);
    expect((await server.put(path, { allocations: {} }, { token: tokens.admin })).body).toMatchObject({
      allocations: {},
    });
  });
});

describe('model names', () => {
  it('E2: leave the server for no member by any route where the catalog tells tiers only', async () => {
    const { server, tokens, entryId } = await withMembers({ ...catalog, modelNames: 'tier_only' });
    for (const role of roles) {
      const texts = (await readAll(server, tokens[role], entryId)).map(({ text }) => text).join('\n');
      expect(texts).not.toContain(secrets.modelName);
      expect(texts).not.toContain('deep-1');
    }
    const grouped = await server.get(
      '/v1/accounts/acme/usage/series?metric=credits&groupBy=model',
      tokens.owner,
    );
    expect(grouped.status).toBe(403);
    const tiers = await server.get<{ groups: { label: string }[] }>(
      '/v1/accounts/acme/usage/series?metric=credits&groupBy=tier',
      tokens.owner,
    );
    expect(tiers.body.groups.map(({ label }) => label)).toEqual(['Advanced Reasoning']);
  });
});

describe('a public visitor', () => {
  const billing = ['ratelimit', 'ratelimit-policy', 'link', 'retry-after', 'etag'];

  it('C12: gets the same neutral 503 from every route, without a billing fact in body or headers', async () => {
    const { server, entryId } = await withMembers();
    const token = await server.token({ accountId: 'acme' });
    const paths = readAddresses(entryId).filter((path) => path !== '/v1/whoami');
    expect(paths.length).toBeGreaterThan(15);
    for (const path of paths) {
      const answered = await server.get(path, token);
      expect({ path, status: answered.status, body: answered.body }).toEqual({
        path,
        status: 503,
        body: {
          type: 'about:blank',
          title: 'Not available',
          status: 503,
          detail: 'This is not available at the moment.',
        },
      });
      for (const name of billing) expect(answered.headers.has(name)).toBe(false);
    }
  });

  it('C12: gets it for a gate and for a stream too', async () => {
    const { server } = await withMembers();
    const token = await server.token({ accountId: 'acme' });
    const use = { accountId: 'acme', items: [{ metric: 'emails', quantity: '5000' }] };
    for (const path of ['/v1/consume', '/v1/check', '/v1/holds'])
      expect((await server.post(path, use, { token })).status).toBe(503);
    expect((await readStream(server, 'acme', token)).status).toBe(503);
  });

  it('C12: is not even told by whoami that it is one', async () => {
    const server = createTestServer();
    await server.account();
    const token = await server.token({ accountId: 'acme' });
    const { status, body } = await server.get('/v1/whoami', token);
    expect([status, body]).toEqual([503, expect.objectContaining({ type: 'about:blank' })]);
  });
});
