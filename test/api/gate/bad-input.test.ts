import type { Credits, InvalidParameter, Problem } from '@usagekit/server/contract';
import { apiBounds } from '@usagekit/server/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, type ProblemAnswer, type TestServer } from '../support/test-server.ts';

let server: TestServer;
const use = (items: unknown, more: object = {}) => ({ accountId: 'acme', items, ...more });
const consume = (body: unknown) => server.post<Problem>('/v1/consume', body);
const pointers = (answered: ProblemAnswer) =>
  (answered.body.invalidParameters ?? []).map(({ pointer }: InvalidParameter) => pointer);

beforeEach(async () => {
  server = createTestServer();
  await server.account();
});

/** Whatever a test sent, nothing of it was written. */
afterEach(async () => {
  const credits = await server.get<Credits>('/v1/accounts/acme/credits');
  expect(credits.body.available).toBe('100');
  expect(credits.body.recent).toHaveLength(1);
  const usage = await server.get<{ groups: { meters: { used: string }[] }[] }>('/v1/accounts/acme/usage');
  for (const { meters } of usage.body.groups) for (const { used } of meters) expect(used).toBe('0');
});

describe('a body that is no request', () => {
  it.each([
    ['malformed JSON', '{"accountId": "acme", ', 400, 'malformed_json'],
    ['an empty body', '', 400, 'malformed_json'],
    ['a list', [], 400, 'invalid_request'],
    ['null', 'null', 400, 'invalid_request'],
    ['a text', '"consume"', 400, 'invalid_request'],
  ])('is refused: %s', async (_name, body, status, code) => {
    const answered = await consume(body);
    expect(answered.status).toBe(status);
    expect(answered.headers.get('content-type')).toBe('application/problem+json');
    expect(answered.body.code).toBe(code);
    expect(answered.body.requestId).toBe(answered.headers.get('x-request-id'));
  });

  it('is told in words: what is wrong, and what is accepted', async () => {
    const answered = await consume(use([{ tool: 'search', calls: 1.5 }]));
    expect(answered.body.invalidParameters).toEqual([
      {
        pointer: '/items/0/calls',
        detail: 'is not a whole number',
        accepted: 'a whole number, without quotes',
      },
    ]);
  });

  it('is refused when it is not JSON by its header', async () => {
    const answered = await server.post<Problem>('/v1/consume', '{}', {
      headers: { 'content-type': 'text/plain' },
    });
    expect(answered.status).toBe(415);
    expect(answered.body.code).toBe('unsupported_media_type');
  });

  it('may be left out where all that it holds may be, and is refused without a type where there is one', async () => {
    const own = createTestServer();
    await own.account();
    const send = (body: BodyInit | null, type?: string) =>
      own.app.fetch(
        new Request('http://usage.test/v1/accounts/acme/erase', {
          method: 'POST',
          headers: {
            authorization: 'Bearer sk_test_for-these-tests-only',
            'idempotency-key': 'erase',
            ...(type === undefined ? {} : { 'content-type': type }),
          },
          body,
          duplex: 'half',
        } as RequestInit),
      );
    const untyped = await send(new Blob(['{}']).stream());
    expect(((await untyped.json()) as Problem).code).toBe('unsupported_media_type');
    expect((await send(null)).status).toBe(200);
    // Many clients name a type with every request that could have a body.
    for (const type of ['application/json', 'application/x-www-form-urlencoded'])
      for (const empty of [null, '']) expect((await send(empty, type)).status).toBe(200);
  });

  it('is refused beyond the limit, whether its length was told or not', async () => {
    const large = JSON.stringify(use([{ model: 'x'.repeat(apiBounds.bodyBytesMax) }]));
    expect((await consume(large)).status).toBe(413);
    const streamed = await server.app.fetch(
      new Request('http://usage.test/v1/consume', {
        method: 'POST',
        headers: { authorization: 'Bearer sk_test_for-these-tests-only', 'content-type': 'application/json' },
        body: new Blob([large]).stream(),
        duplex: 'half',
      } as RequestInit),
    );
    expect(streamed.status).toBe(413);
  });

  it.each([
    ['/v1/consume', {}],
    ['/v1/consume', { 'content-length': '100' }],
    ['/v1/otlp/v1/traces', {}],
  ])(
    'F22: is the caller’s mistake where the caller leaves in the middle of it, and no error of the server’s: %s %o',
    async (path, headers) => {
      const errors: object[] = [];
      const log = { info() {}, warn() {}, error: (fields: object) => errors.push(fields) };
      const { app } = createTestServer({ log });
      const body = new ReadableStream({
        pull: (controller) => controller.error(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })),
      });
      const answer = await app.fetch(
        new Request(`http://usage.test${path}`, {
          method: 'POST',
          headers: {
            authorization: 'Bearer sk_test_for-these-tests-only',
            'content-type': 'application/json',
            'idempotency-key': 'k',
            ...headers,
          },
          body,
          duplex: 'half',
        } as RequestInit),
      );
      expect([answer.status, errors]).toEqual([400, []]);
    },
  );
});

describe('a field that is wrong', () => {
  it.each<[string, unknown, string]>([
    ['an unknown field', use([{ model: 'swift-1' }], { credits: '5' }), '/credits'],
    ['an unknown field of an item', use([{ model: 'swift-1', price: '0' }]), '/items/0/price'],
    ['a number for an amount', use([{ metric: 'emails', quantity: 3 }]), '/items/0/quantity'],
    ['a negative quantity', use([{ metric: 'emails', quantity: '-1' }]), '/items/0/quantity'],
    [
      'more than six fraction digits',
      use([{ metric: 'emails', quantity: '0.1234567' }]),
      '/items/0/quantity',
    ],
    ['an exponent', use([{ metric: 'emails', quantity: '1e9' }]), '/items/0/quantity'],
    ['a plus sign', use([{ metric: 'emails', quantity: '+1' }]), '/items/0/quantity'],
    ['spaces', use([{ metric: 'emails', quantity: ' 1' }]), '/items/0/quantity'],
    ['digits of another script', use([{ metric: 'emails', quantity: '١٢' }]), '/items/0/quantity'],
    ['a huge number', use([{ metric: 'emails', quantity: '9999999999999' }]), '/items/0/quantity'],
    ['a number beyond any', use([{ metric: 'emails', quantity: '9'.repeat(400) }]), '/items/0/quantity'],
    ['NaN', use([{ metric: 'emails', quantity: 'NaN' }]), '/items/0/quantity'],
    ['negative tokens', use([{ model: 'meter-1', inputTokens: -1 }]), '/items/0/inputTokens'],
    ['a fraction of a token', use([{ model: 'meter-1', inputTokens: 1.5 }]), '/items/0/inputTokens'],
    ['no calls of a tool', use([{ tool: 'search', calls: 0 }]), '/items/0/calls'],
    ['no items', use([]), '/items'],
    ['too many items', use(Array.from({ length: 51 }, () => ({ model: 'swift-1' }))), '/items'],
    ['items of another type', use({ model: 'swift-1' }), '/items'],
    ['an item of two kinds', use([{ model: 'swift-1', tool: 'search', calls: 1 }]), '/items/0'],
    ['an id of two lines', use([{ model: 'swift-1' }], { agentId: 'my\nagent' }), '/agentId'],
    ['an id that is too long', use([{ model: 'swift-1' }], { agentId: 'a'.repeat(257) }), '/agentId'],
    ['an empty id', use([{ model: 'swift-1' }], { memberId: '' }), '/memberId'],
    ['null for an optional field', use([{ model: 'swift-1' }], { memberId: null }), '/memberId'],
  ])('is named by its place: %s', async (_name, body, pointer) => {
    const answered = await consume(body);
    expect(answered.status).toBe(400);
    expect(answered.body.code).toBe('invalid_request');
    expect(pointers(answered).some((one) => one.startsWith(pointer))).toBe(true);
    for (const { detail, accepted } of answered.body.invalidParameters ?? []) {
      expect(detail).not.toBe('');
      expect(accepted).not.toBe('');
    }
  });

  it('is told with the fields that there are where it is none', async () => {
    const acceptedAt = async (answer: Promise<{ body: Problem }>, pointer: string) =>
      (await answer).body.invalidParameters?.find((wrong) => wrong.pointer === pointer)?.accepted.split(', ');
    expect(await acceptedAt(consume(use([{ model: 'swift-1' }], { member: 'ada' })), '/member')).toEqual(
      expect.arrayContaining(['accountId', 'memberId', 'items', 'category']),
    );
    const item = consume(use([{ model: 'swift-1', tokens: 5 }]));
    expect(await acceptedAt(item, '/items/0/tokens')).toEqual(
      expect.arrayContaining(['model', 'inputTokens', 'outputTokens']),
    );
    const events = server.post<Problem>('/v1/events', { event: [] });
    expect(await acceptedAt(events, '/event')).toEqual(['events']);
    const query = server.get<Problem>('/v1/accounts/acme/ledger?page=2');
    expect(await acceptedAt(query, '?page')).toEqual(expect.arrayContaining(['limit', 'cursor']));
  });

  it('does not become part of a prototype', async () => {
    const answered = await consume(
      '{"accountId":"acme","items":[{"model":"swift-1"}],"__proto__":{"memberId":"x"}}',
    );
    expect(answered.status).toBe(400);
    expect(({} as { memberId?: string }).memberId).toBe(undefined);
  });
});

describe('a name that is not there', () => {
  it.each<[string, unknown, number, string]>([
    ['account', { accountId: 'nobody', items: [{ model: 'swift-1' }] }, 404, 'account_not_found'],
    ['metric', use([{ metric: 'faxes', quantity: '1' }]), 422, 'unknown_metric'],
    ['model', use([{ model: 'swift-9' }]), 422, 'unknown_model'],
    ['model of that provider', use([{ model: 'swift-1', provider: 'beta' }]), 422, 'unknown_model'],
    ['tool', use([{ tool: 'hammer', calls: 1 }]), 422, 'unknown_tool'],
    ['storage', use([{ storage: 'attic', quantity: '1' }]), 422, 'unknown_storage'],
    ['category', use([{ model: 'swift-1' }], { category: 'nope' }), 400, 'invalid_request'],
  ])('is told: %s', async (_name, body, status, code) => {
    const answered = await consume(body);
    expect([answered.status, answered.body.code]).toEqual([status, code]);
  });

  it('is told by the place of the second item too', async () => {
    const answered = await consume(use([{ model: 'swift-1' }, { metric: 'faxes', quantity: '1' }]));
    expect(pointers(answered)).toEqual(['/items/1/metric']);
  });
});

describe('credentials', () => {
  const read = '/v1/accounts/acme/credits';
  const codeOf = async (token: string | null, headers: Record<string, string> = {}) => {
    const answered = await server.send<Problem>('GET', read, undefined, { token, headers });
    return [answered.status, answered.body.code];
  };

  it.each<[string, string | null, number, string]>([
    ['none', null, 401, 'missing_credentials'],
    ['of no kind that is known', 'hello', 401, 'invalid_credentials'],
    ['a key that was never made', 'sk_test_0000000000000000', 401, 'invalid_credentials'],
    ['a live key', 'sk_live_0000000000000000', 401, 'invalid_credentials'],
    ['an extension key that was never made', 'uke_0000', 401, 'invalid_credentials'],
    ['a token without a signature', 'ukt_eyJhIjoiYWNtZSJ9', 401, 'invalid_credentials'],
    [
      'a token signed by another',
      `ukt_eyJhIjoiYWNtZSIsImUiOjk5OTk5OTk5OTk5OTl9.${'0'.repeat(64)}`,
      401,
      'invalid_credentials',
    ],
  ])('are refused: %s', async (_name, token, status, code) => {
    expect(await codeOf(token)).toEqual([status, code]);
  });

  it('are refused when a token was changed', async () => {
    const token = await server.member('acme', 'mia');
    const [body = '', signature = ''] = token.slice(4).split('.');
    const claims = JSON.parse(atob(body));
    const forged = btoa(JSON.stringify({ ...claims, m: 'owner' })).replaceAll('=', '');
    expect(await codeOf(`ukt_${forged}.${signature}`)).toEqual([401, 'invalid_credentials']);
  });

  it('are refused once a token has ended, also one that was just used', async () => {
    await server.member('acme', 'mia', { role: 'owner' });
    const token = await server.token({ accountId: 'acme', memberId: 'mia', lifetimeSeconds: 60 });
    expect((await server.get(read, token)).status).toBe(200);
    server.clock.advance(60_000);
    expect(await codeOf(token)).toEqual([401, 'expired_credentials']);
  });

  it('are refused when a secret key comes from a browser', async () => {
    expect(await codeOf('sk_test_for-these-tests-only', { origin: 'https://app.example.com' })).toEqual([
      403,
      'secret_key_in_browser',
    ]);
  });

  it('are refused from the next request on when a key was revoked', async () => {
    const { body: key } = await server.post<{ id: string; secret: string }>('/v1/keys', { kind: 'secret' });
    expect((await server.get(read, key.secret)).status).toBe(200);
    expect((await server.send('DELETE', `/v1/keys/${key.id}`)).status).toBe(204);
    expect(await codeOf(key.secret)).toEqual([401, 'invalid_credentials']);
  });

  it('of an extension read only, last 90 days, and longer while they are used', async () => {
    await server.member('acme', 'mia', { role: 'owner' });
    const { body: key } = await server.post<{ secret: string }>('/v1/keys', {
      kind: 'extension',
      accountId: 'acme',
      memberId: 'mia',
    });
    const days = (count: number) => server.clock.advance(count * 86_400_000);
    expect((await server.get('/v1/accounts/acme/summary', key.secret)).status).toBe(200);
    expect(
      (await server.post('/v1/route', { accountId: 'acme', complexity: 1 }, { token: key.secret })).status,
    ).toBe(403);
    days(5);
    expect((await server.get('/v1/accounts/acme/summary', key.secret)).status).toBe(200);
    days(20);
    expect((await server.get('/v1/accounts/acme/summary', key.secret)).status).toBe(200);
    days(-25);
  });
});

describe('an Idempotency-Key', () => {
  it('is asked for where value moves', async () => {
    for (const path of ['/v1/consume', '/v1/holds', '/v1/tasks']) {
      const body = path === '/v1/tasks' ? { accountId: 'acme', name: 'x' } : use([{ model: 'swift-1' }]);
      const answered = await server.send<Problem>('POST', path, body);
      expect([answered.status, answered.body.code]).toEqual([400, 'idempotency_key_required']);
    }
  });

  it('may not be longer than its limit', async () => {
    const answered = await server.post<Problem>('/v1/consume', use([{ model: 'swift-1' }]), {
      key: 'k'.repeat(256),
    });
    expect(pointers(answered)).toEqual(['Idempotency-Key']);
  });
});

describe('a catalog with mistakes', () => {
  it('is refused with all of them at once, and nothing of it holds', async () => {
    const answered = await server.put<Problem>('/v1/catalog', {
      ...smallCatalogConfig,
      defaultPlanId: 'gold',
      models: [{ id: 'm', label: 'M', provider: 'p', tier: 'none', prices: [{ perRequest: '1' }] }],
    });
    expect([answered.status, answered.body.code]).toEqual([422, 'invalid_catalog']);
    expect(pointers(answered)).toEqual(expect.arrayContaining(['/defaultPlanId', '/models/0/tier']));
    expect((await server.get<{ version: number }>('/v1/catalog')).body.version).toBe(1);
  });

  it('is refused for its form by the places of what is wrong', async () => {
    const answered = await server.put<Problem>('/v1/catalog', {
      ...smallCatalogConfig,
      currency: 'dollars',
      colour: 'red',
    });
    expect(answered.status).toBe(400);
    expect(pointers(answered).sort()).toEqual(['/colour', '/currency']);
  });
});

describe('other input', () => {
  it.each<[string, string, unknown]>([
    ['a grant of nothing', '/v1/accounts/acme/grants', { amount: '0' }],
    ['a negative grant', '/v1/accounts/acme/grants', { amount: '-5' }],
    [
      'a grant that has ended',
      '/v1/accounts/acme/grants',
      { amount: '5', expiresAt: '2020-01-01T00:00:00Z' },
    ],
    [
      'a day that is not there',
      '/v1/accounts/acme/grants',
      { amount: '5', expiresAt: '2027-02-30T00:00:00Z' },
    ],
    ['a currency that nothing is priced in', '/v1/accounts/acme/grants', { amount: '5', unit: 'EUR' }],
    [
      'a hold that ends too late',
      '/v1/holds',
      use([{ model: 'swift-1' }], { expiresAt: '2030-01-01T00:00:00Z' }),
    ],
    ['a lifetime beyond the limit', '/v1/tokens', { accountId: 'acme', lifetimeSeconds: 86_400 }],
    ['a test clock in words', '/v1/test-clocks', { now: 'tomorrow' }],
    ['no events', '/v1/events', { events: [] }],
    ['too many events', '/v1/events', { events: Array.from({ length: 1001 }, () => ({})) }],
    ['events and something else', '/v1/events', { events: [{}], more: 1 }],
  ])('is refused: %s', async (_name, path, body) => {
    const answered = await server.post<Problem>(path, body);
    expect([400, 422]).toContain(answered.status);
    expect(pointers(answered).length).toBeGreaterThan(0);
  });

  it.each(['?limit=0', '?limit=501', '?limit=ten', '?limit=1&limit=2', '?cursor=made-up', '?order=asc'])(
    'is refused in a query: %s',
    async (query) => {
      const answered = await server.get<Problem>(`/v1/accounts/acme/ledger${query}`);
      expect(answered.status).toBe(400);
      expect(pointers(answered)[0]).toMatch(/^\?(limit|cursor|order)/);
    },
  );

  it.each([
    '?metric=faxes',
    '?metric=emails&interval=year',
    '?metric=emails&from=yesterday',
    '?metric=emails&interval=minute&from=2020-01-01T00:00:00Z',
    '?metric=emails&from=2026-06-10T12:00:00Z&to=2026-06-10T11:00:00Z',
    '',
  ])('is refused in a series: %s', async (query) => {
    const answered = await server.get<Problem>(`/v1/accounts/acme/usage/series${query}`);
    expect([400, 422]).toContain(answered.status);
    expect(pointers(answered).length).toBeGreaterThan(0);
  });

  it('is refused in a path', async () => {
    const answered = await server.put<Problem>('/v1/accounts/no%0Alines', {});
    expect(pointers(answered)).toEqual(['accountId']);
    expect((await server.put('/v1/accounts/%E0%A4%A', {})).status).toBe(400);
  });

  it('at an address or with a method that is not there says so', async () => {
    expect((await server.get<Problem>('/v1/nothing')).body.code).toBe('not_found');
    const answered = await server.send<Problem>('DELETE', '/v1/consume');
    expect([answered.status, answered.body.code]).toEqual([405, 'method_not_allowed']);
    expect(answered.headers.get('allow')).toBe('POST');
  });
});

describe('what is wrong with a field is said with what is accepted there', () => {
  const amount = expect.stringMatching(/decimal string of at least 0, such as "12.5"/);
  it.each<[string, unknown, string, string, unknown]>([
    [
      'a metric that is not there',
      use([{ metric: 'emials', quantity: '1' }]),
      '/items/0/metric',
      "'emials'",
      expect.stringContaining('emails'),
    ],
    [
      'a negative amount',
      use([{ metric: 'emails', quantity: '-1' }]),
      '/items/0/quantity',
      'is negative',
      amount,
    ],
    [
      'a number for an amount',
      use([{ metric: 'emails', quantity: 3 }]),
      '/items/0/quantity',
      'is not a string',
      amount,
    ],
    ['a missing amount', use([{ metric: 'emails' }]), '/items/0/quantity', 'is missing', amount],
    [
      'a missing count',
      use([{ tool: 'search' }]),
      '/items/0/calls',
      'is missing',
      'a number, without quotes',
    ],
    [
      'a text for a count',
      use([{ tool: 'search', calls: '1' }]),
      '/items/0/calls',
      'is not a number',
      'a number, without quotes',
    ],
    [
      'no account',
      { items: [{ model: 'swift-1' }] },
      '/accountId',
      'is missing',
      expect.stringContaining('printable characters'),
    ],
  ])('%s', async (_what, body, pointer, detail, accepted) => {
    const { invalidParameters } = (await consume(body)).body;
    expect(invalidParameters).toEqual([{ pointer, detail: expect.stringContaining(detail), accepted }]);
  });

  it('an event of a metric that is not there, and a report without events', async () => {
    const event = { id: 'e', accountId: 'acme', items: [{ metric: 'emials', quantity: '1' }] };
    const answered = await server.post('/v1/events', { events: [event] });
    expect(JSON.stringify(answered.body)).toContain('emails');
    const { detail } = (await server.post<Problem>('/v1/events', {})).body;
    expect(detail).toBe('/events: is missing');
  });

  it('a kind of a union that is not there', async () => {
    const path = '/v1/accounts/acme/subscription/preview';
    for (const [kind, detail] of [
      ['buy_moon', 'is none of the accepted values'],
      [undefined, 'is missing'],
    ]) {
      const { invalidParameters } = (await server.post<Problem>(path, { kind })).body;
      expect(invalidParameters).toEqual([
        { pointer: '/kind', detail, accepted: expect.stringContaining('change_plan, ') },
      ]);
    }
  });

  it('a key that is empty', async () => {
    const answer = await server.app.fetch(
      new Request('http://usage.test/v1/whoami', { headers: { authorization: 'Bearer ' } }),
    );
    expect(await answer.json()).toMatchObject({
      code: 'missing_credentials',
      detail: expect.stringContaining('empty'),
    });
  });
});
