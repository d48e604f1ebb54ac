import type {
  CatalogConfig,
  ConnectedBrowser,
  ExtensionToken,
  Page,
  Pairing,
  Problem,
  StartedPairing,
  Whoami,
} from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { beforeEach, describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const catalog: CatalogConfig = {
  ...smallCatalogConfig,
  links: { connect: 'https://app.example.com/connect?from=extension' },
};
const verifier = 'v'.repeat(43);
const challenge = await challengeOf(verifier);
const extension = 'chrome-extension://abcdefghijklmnopabcdefghijklmnop';
const minuteMs = 60_000;

async function challengeOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Buffer.from(hash).toString('base64url');
}

let server: TestServer;
let ada: string;

beforeEach(async () => {
  server = createTestServer({ catalog });
  await server.account('acme', { planId: 'pro' });
  ada = await server.member('acme', 'ada', { role: 'owner' });
});

const openly = { token: null, headers: { origin: extension } };

async function begin(to = server): Promise<StartedPairing> {
  const { status, body } = await to.post<StartedPairing>(
    '/v1/pairings',
    { browser: 'Chrome on Linux', challenge },
    openly,
  );
  expect(status).toBe(201);
  return body;
}

async function poll({ deviceCode }: Pick<StartedPairing, 'deviceCode'>, to = server, text = verifier) {
  to.clock.advance(3_000);
  return await to.post<ExtensionToken & Problem>(
    '/v1/pairings/token',
    { deviceCode, verifier: text },
    openly,
  );
}

const decide = (code: string, what: 'approve' | 'deny', token = ada) =>
  server.post<{ status: Pairing['status']; code: Problem['code'] }>(
    `/v1/pairings/${code}/${what}`,
    undefined,
    { token },
  );

async function connect(token = ada): Promise<ExtensionToken> {
  const started = await begin();
  expect((await decide(started.userCode, 'approve', token)).status).toBe(200);
  const { status, body } = await poll(started);
  expect(status).toBe(200);
  return body;
}

const browsersOf = async (token?: string) =>
  (await server.get<Page<ConnectedBrowser>>('/v1/accounts/acme/connected-browsers', token)).body.items;

describe('connecting a browser', () => {
  it('F26: gives a token to the browser that began, once a signed-in member has approved', async () => {
    const started = await begin();
    expect(started).toMatchObject({
      userCode: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
      verificationUri: 'https://app.example.com/connect?from=extension',
      verificationUriComplete: `https://app.example.com/connect?from=extension&code=${started.userCode}`,
      expiresInSeconds: 600,
    });
    expect((await poll(started)).body.code).toBe('authorization_pending');

    const asked = await server.get<Pairing>(`/v1/pairings/${started.userCode}`, ada);
    expect(asked.body).toMatchObject({ status: 'pending', browser: 'Chrome on Linux', origin: extension });
    const approved = await decide(started.userCode.toLowerCase().replace('-', ''), 'approve');
    expect(approved.body.status).toBe('approved');

    const { status, body } = await poll(started);
    expect([status, body.accountId, body.memberId]).toEqual([200, 'acme', 'ada']);
    const { body: who } = await server.get<Whoami>('/v1/whoami', body.token);
    expect(who).toMatchObject({ caller: 'extension', accountId: 'acme', memberId: 'ada', role: 'owner' });
    expect((await server.get('/v1/accounts/acme/summary', body.token)).status).toBe(200);
    expect(
      (await server.post('/v1/consume', { accountId: 'acme', items: [] }, { token: body.token })).status,
    ).toBe(403);
  });

  it('F26: gives the token once, to whoever asks first, in whichever process', async () => {
    const store = createMemoryStore();
    const [one, two] = [createTestServer({ catalog, store }), createTestServer({ catalog, store })];
    await one.account('acme');
    const member = await one.member('acme', 'ada', { role: 'member' });
    const started = await begin(one);
    await two.post(`/v1/pairings/${started.userCode}/approve`, undefined, { token: member });
    two.clock.advance(3_000);
    one.clock.advance(3_000);
    const ask = (to: TestServer) =>
      to.post<Problem>('/v1/pairings/token', { deviceCode: started.deviceCode, verifier }, openly);
    const answers = await Promise.all([ask(one), ask(two)]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await poll(started, one)).body.code).toBe('invalid_grant');
  });

  it('F26: gives nothing to who has the device code without the verifier', async () => {
    const started = await begin();
    await decide(started.userCode, 'approve');
    expect((await poll(started, server, 'w'.repeat(43))).body.code).toBe('invalid_grant');
    expect((await poll({ deviceCode: 'guessed' })).body.code).toBe('invalid_grant');
    expect((await poll(started)).status).toBe(200);
  });

  it('tells a browser that asks too soon to slow down, and waits longer each time', async () => {
    const started = await begin();
    const askAfter = async (ms: number) => {
      server.clock.advance(ms);
      const { deviceCode } = started;
      return (await server.post<Problem>('/v1/pairings/token', { deviceCode, verifier }, openly)).body.code;
    };
    expect(await askAfter(0)).toBe('authorization_pending');
    expect(await askAfter(1_999)).toBe('slow_down');
    expect(await askAfter(6_999)).toBe('slow_down');
    expect(await askAfter(12_000)).toBe('authorization_pending');
  });

  it('ends after ten minutes, for the browser and for the member', async () => {
    const started = await begin();
    server.clock.advance(10 * minuteMs);
    expect((await server.get(`/v1/pairings/${started.userCode}`, ada)).status).toBe(404);
    expect((await decide(started.userCode, 'approve')).body.code).toBe('not_found');
    expect((await poll(started)).body.code).toBe('expired_token');
    server.clock.advance(25 * 60 * minuteMs);
    await server.app.tick();
    expect((await poll(started)).body.code).toBe('invalid_grant');
  });

  it('gives nothing where the member refused, and the refusal stands', async () => {
    const started = await begin();
    expect((await decide(started.userCode, 'deny')).body.status).toBe('denied');
    expect((await decide(started.userCode, 'approve')).body.code).toBe('conflict');
    expect((await poll(started)).body.code).toBe('access_denied');
  });

  it('gives nothing for a member who was removed before the token was fetched', async () => {
    const started = await begin();
    await decide(started.userCode, 'approve');
    await server.send('DELETE', '/v1/accounts/acme/members/ada');
    expect((await poll(started)).body.code).toBe('access_denied');
  });

  it('hides from others what one member has decided', async () => {
    const started = await begin();
    await decide(started.userCode, 'approve');
    const bob = await server.member('acme', 'bob', { role: 'admin' });
    expect((await server.get(`/v1/pairings/${started.userCode}`, bob)).status).toBe(404);
    expect((await decide(started.userCode, 'deny', bob)).status).toBe(404);
  });

  it('lets nobody approve but a member who is signed in', async () => {
    const started = await begin();
    const { token } = await connect();
    const visitor = await server.token({ accountId: 'acme' });
    const path = `/v1/pairings/${started.userCode}/approve`;
    for (const [caller, status] of [
      [token, 403],
      [undefined, 403],
      [null, 401],
      [visitor, 503],
    ] as const)
      expect((await server.post(path, undefined, caller === undefined ? {} : { token: caller })).status).toBe(
        status,
      );
  });

  it('F26: hands on no more than a narrowed token has', async () => {
    const narrowed = await server.token({ accountId: 'acme', memberId: 'ada', narrowTo: 'viewer' });
    const { token } = await connect(narrowed);
    expect((await server.get<Whoami>('/v1/whoami', token)).body.role).toBe('viewer');
    expect((await server.get('/v1/accounts/acme/credits', token)).status).toBe(403);
  });

  it('refuses a page that begins one by itself', async () => {
    for (const origin of ['https://evil.example', 'null', 'chrome-extension://x.evil.example/']) {
      const asked = { browser: 'Chrome', challenge };
      const { status } = await server.post('/v1/pairings', asked, { token: null, headers: { origin } });
      expect([origin, status]).toEqual([origin, 403]);
    }
  });

  it('says where the product has no page for it', async () => {
    const plain = createTestServer();
    const { body } = await plain.post<Problem>('/v1/pairings', { browser: 'x', challenge }, openly);
    expect(body).toMatchObject({ code: 'conflict', detail: expect.stringContaining('links.connect') });
  });

  it('refuses a page for it that has no whole address', async () => {
    const bad = { ...catalog, links: { connect: '/connect' } };
    expect((await server.put<Problem>('/v1/catalog', bad)).body.code).toBe('invalid_catalog');
  });
});

describe('bounds of pairings', () => {
  const beginAt = (address: string) =>
    server.app.fetch(
      new Request('http://usage.test/v1/pairings', {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: extension },
        body: JSON.stringify({ browser: 'Chrome', challenge }),
      }),
      address,
    );

  it('F26: lets an address begin ten in a row, and others go on', async () => {
    const statuses = [];
    for (let count = 0; count < 12; count += 1) statuses.push((await beginAt('10.0.0.1')).status);
    expect(statuses).toEqual([...Array(10).fill(201), 429, 429]);
    expect((await beginAt('10.0.0.2')).status).toBe(201);
    server.clock.advance(minuteMs);
    expect((await beginAt('10.0.0.1')).status).toBe(201);
  });

  it('F26: lets a member guess twenty codes in a row and no more', async () => {
    const statuses = [];
    for (let count = 0; count < 21; count += 1)
      statuses.push((await server.get('/v1/pairings/BBBB-BBBB', ada)).status);
    expect(statuses).toEqual([...Array(20).fill(404), 429]);
  });

  it('connects as many browsers of one member as the limit says', async () => {
    for (let count = 0; count < 50; count += 1) await connect();
    const started = await begin();
    expect((await decide(started.userCode, 'approve')).body.code).toBe('count_limit_reached');
  });
});

describe('connected browsers', () => {
  it('F26: are listed to their member, and all of them to those who manage the account', async () => {
    const bob = await server.member('acme', 'bob', { role: 'viewer' });
    await connect();
    await connect(bob);
    expect((await browsersOf(bob)).map(({ memberId }) => memberId)).toEqual(['bob']);
    expect((await browsersOf(ada)).map(({ memberId }) => memberId)).toEqual(['ada', 'bob']);
    expect(await browsersOf()).toMatchObject([
      { memberId: 'ada', browser: 'Chrome on Linux', origin: extension, narrowTo: null },
      { memberId: 'bob' },
    ]);
  });

  it('F26: end at once when they are disconnected, by their member or one who manages, and by no other', async () => {
    const bob = await server.member('acme', 'bob', { role: 'member' });
    const [own, other] = [await connect(bob), await connect()];
    const idOf = async (memberId: string) =>
      (await browsersOf()).find((browser) => browser.memberId === memberId)?.id ?? 'none';
    const end = async (id: string, token: string) =>
      (await server.send('DELETE', `/v1/accounts/acme/connected-browsers/${id}`, undefined, { token }))
        .status;
    expect(await end(await idOf('ada'), bob)).toBe(404);
    expect((await server.get('/v1/whoami', other.token)).status).toBe(200);
    expect(await end(await idOf('bob'), ada)).toBe(204);
    expect((await server.get('/v1/whoami', own.token)).status).toBe(401);
    await server.account('other');
    const stranger = await server.member('other', 'eve', { role: 'owner' });
    const path = `/v1/accounts/other/connected-browsers/${await idOf('ada')}`;
    expect((await server.send('DELETE', path, undefined, { token: stranger })).status).toBe(404);
  });

  it('hold no secret key and no key of another account', async () => {
    await server.post('/v1/keys', { kind: 'secret', label: 'Backend' });
    expect(await browsersOf()).toEqual([]);
  });
});

describe('token rotation', () => {
  const rotate = (token: string) => server.post<ExtensionToken>('/v1/keys/own/rotate', undefined, { token });
  const statusOf = async (token: string) => (await server.get('/v1/whoami', token)).status;

  it('F26: ends the old token when the new one is used, and not before', async () => {
    const old = await connect();
    const { status, body: next } = await rotate(old.token);
    expect(status).toBe(201);
    expect(await statusOf(old.token)).toBe(200);
    expect(await statusOf(next.token)).toBe(200);
    expect(await statusOf(old.token)).toBe(401);
    expect(await browsersOf()).toHaveLength(1);
  });

  it('F26: revokes a token that nobody used where the old one rotates again', async () => {
    const old = await connect();
    const { body: lost } = await rotate(old.token);
    const { body: next } = await rotate(old.token);
    expect(await statusOf(lost.token)).toBe(401);
    expect(await statusOf(next.token)).toBe(200);
  });

  it('ends the old token after an hour even where the new one is never used', async () => {
    const old = await connect();
    await rotate(old.token);
    server.clock.advance(59 * minuteMs);
    expect(await statusOf(old.token)).toBe(200);
    server.clock.advance(2 * minuteMs);
    expect(await statusOf(old.token)).toBe(401);
  });

  it('leaves no token alive when the browser is disconnected between the two', async () => {
    const old = await connect();
    const { body: next } = await rotate(old.token);
    await server.send('DELETE', '/v1/keys/own', undefined, { token: old.token });
    expect([await statusOf(old.token), await statusOf(next.token)]).toEqual([401, 401]);
  });

  it('is for extensions alone', async () => {
    expect((await rotate(ada)).status).toBe(403);
  });
});
