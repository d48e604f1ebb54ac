import { createUsageKitClient, neutralBody, toHostResponse, UsageKitApiError } from '@usagekit/server/client';
import type { Refusal } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';

const refusal: Refusal = {
  reason: 'insufficient_credits',
  message: 'This needs 110 credits and 4 are left.',
  requested: '110',
  available: '4',
  actions: [
    { kind: 'buy_credits', label: 'Buy credits', href: 'https://app.example.com/credits', allowed: true },
    { kind: 'wait', label: 'Wait for the reset', allowed: true },
  ],
};
const refusalHeaders = {
  RateLimit: '"credits";r=4',
  'RateLimit-Policy': '"credits";q=100',
  Link: '<https://app.example.com/upgrade>; rel="upgrade"',
};

/** A server that gives one answer after another and keeps what it was asked. */
function serverWith(...answers: (Response | Error)[]) {
  const asked: Request[] = [];
  const usage = createUsageKitClient({
    url: 'http://usage.test/',
    key: 'sk_test_1',
    delay: async () => {},
    fetch: async (input, init) => {
      asked.push(new Request(input, init));
      const answer = answers.shift();
      if (answer === undefined) throw new Error('No further answer');
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  return { usage, asked };
}

const json = (status: number, body: unknown, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers });
const refused = () =>
  json(
    402,
    { type: '', title: 'Not enough credits', status: 402, code: refusal.reason, requestId: 'r', refusal },
    refusalHeaders,
  );
const use = { accountId: 'acme', items: [{ model: 'deep-1' }] };

async function refusedUse() {
  const answer = await serverWith(refused()).usage.consume(use);
  if (answer.allowed) throw new Error('allowed');
  return answer;
}

describe('createUsageKitClient', () => {
  it('ends a call with its signal, before and while it is asked, and tries it no more', async () => {
    const ended = new AbortController();
    const tries: RequestInit[] = [];
    const usage = createUsageKitClient({
      url: 'http://usage.test/',
      key: 'sk_test_1',
      fetch: (_input, init = {}) => {
        tries.push(init);
        return new Promise((_resolve, reject) => {
          init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
          ended.abort();
        });
      },
    });
    const aborted = { name: 'UsageKitApiError', code: 'aborted' };
    const { signal } = ended;
    await expect(usage.consume(use, { signal })).rejects.toMatchObject(aborted);
    expect(tries).toHaveLength(1);
    for (const call of [
      usage.consume(use, { signal }),
      usage.check(use, { signal }),
      usage.createHold({ ...use, id: 'h1' }, { signal }),
      usage.settleHold('h1', { accountId: 'acme', items: use.items }, { signal }),
      usage.reportEvents([], { signal }),
      usage.request('GET /v1/accounts/:accountId/ledger', { params: { accountId: 'acme' } }, { signal }),
    ])
      await expect(call).rejects.toMatchObject(aborted);
    expect(tries).toHaveLength(1);
  });

  it('F2: keeps one idempotency key over the tries of a call', async () => {
    const { usage, asked } = serverWith(new Error('reset'), json(503, {}), json(200, { id: 'u1' }));
    await expect(usage.consume(use)).resolves.toMatchObject({ allowed: true, id: 'u1' });
    const keys = asked.map((request) => request.headers.get('Idempotency-Key'));
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  it('does not repeat a POST that has no key', async () => {
    const { usage, asked } = serverWith(new Error('reset'));
    await expect(usage.check(use)).rejects.toThrow(UsageKitApiError);
    expect(asked).toHaveLength(1);
  });

  it('C11: gives a refusal as a value, with its figures and what would help', async () => {
    expect(await refusedUse()).toMatchObject({ status: 402, refusal, headers: refusalHeaders });
  });

  it('throws what is no refusal, with the server’s code', async () => {
    const problem = {
      type: '',
      title: 'Account not found',
      status: 404,
      code: 'account_not_found',
      requestId: 'r',
    };
    await expect(serverWith(json(404, problem)).usage.consume(use)).rejects.toMatchObject({
      code: 'account_not_found',
      status: 404,
    });
  });

  it('tells an answer that is not the server’s from the server’s own', async () => {
    const { usage } = serverWith(
      new Response('<h1>Bad gateway</h1>', { status: 404 }),
      new Response('<h1>', { status: 404 }),
      new Response('<h1>', { status: 404 }),
    );
    await expect(usage.summary('acme')).rejects.toMatchObject({ code: 'malformed_answer' });
  });
});

describe('toHostResponse', () => {
  it.each([[undefined], ['visitor' as const]])(
    'C12: answers viewer %s with a neutral 503 and no billing fact',
    async (viewer) => {
      const response = toHostResponse(await refusedUse(), viewer === undefined ? {} : { viewer });
      expect(response.status).toBe(503);
      expect([...response.headers.keys()]).toEqual(['content-type']);
      expect(await response.json()).toEqual(neutralBody);
      expect(JSON.stringify(neutralBody)).not.toMatch(/credit|billing|upgrade|plan|limit/i);
    },
  );

  it('F7: passes status, headers and all actions on for an owner', async () => {
    const response = toHostResponse(await refusedUse(), { viewer: { role: 'owner' } });
    expect(response.status).toBe(402);
    expect(response.headers.get('Link')).toBe(refusalHeaders.Link);
    expect(response.headers.get('RateLimit')).toBe(refusalHeaders.RateLimit);
    expect(await response.json()).toMatchObject({ refusal });
  });

  it('C11: tells a member whom to ask in place of what only others can buy', async () => {
    const response = toHostResponse(await refusedUse(), { viewer: { role: 'member' } });
    const { refusal: cut } = (await response.json()) as { refusal: Refusal };
    expect(cut.actions.map((action) => action.kind)).toEqual(['wait', 'ask_admin']);
    expect(cut.available).toBe('4');
    expect(response.headers.has('Link')).toBe(false);
  });

  it('B12: gives a viewer no figure, in body or headers', async () => {
    const response = toHostResponse(await refusedUse(), { viewer: { role: 'viewer' } });
    expect(response.headers.has('RateLimit')).toBe(false);
    expect(await response.text()).not.toMatch(/110|"4"/);
  });

  it('lets a member with billing:manage see what an owner sees', async () => {
    const response = toHostResponse(await refusedUse(), {
      viewer: { role: 'member', permissions: ['billing:manage'] },
    });
    expect(response.headers.has('Link')).toBe(true);
  });
});

describe('what went wrong is said with what is accepted', () => {
  it('options without address or key, when the client is made', () => {
    const make = createUsageKitClient as (options: object) => unknown;
    expect(() => make({ key: 'sk_test_1' })).toThrow(/url is missing.*http:\/\/127\.0\.0\.1:4310/);
    expect(() => make({ url: 'http://usage.test' })).toThrow(/key is missing/);
  });

  it.each(['localhost:4310', '/usage', 'ftp://usage.test', 'http://', ''])(
    "an address such as '%s', when the client is made",
    (url) => {
      expect(() => createUsageKitClient({ url, key: 'k' })).toThrow(
        `url '${url}' is no address; one such as http://127.0.0.1:4310 is.`,
      );
    },
  );

  it('fields of a request, each with what the server accepts', async () => {
    const wrong = {
      pointer: '/items/0/metric',
      detail: "has no metric 'emials'",
      accepted: 'emails, credits',
    };
    const problem = {
      title: 'Unknown metric',
      status: 400,
      code: 'unknown_metric',
      detail: 'No such metric',
      requestId: 'r',
      invalidParameters: [wrong],
    };
    await expect(serverWith(json(400, problem)).usage.consume(use)).rejects.toThrow(
      "No such metric\n  /items/0/metric has no metric 'emials'; accepted: emails, credits",
    );
    const ofBody = { pointer: '', detail: 'is not an object', accepted: 'an object with items' };
    const asAWhole = {
      ...problem,
      title: 'Invalid request',
      detail: 'The body: is not an object',
      invalidParameters: [ofBody],
    };
    await expect(serverWith(json(400, asAWhole)).usage.consume(use)).rejects.toThrow(
      'Invalid request\n  the body is not an object; accepted: an object with items',
    );
    const own = { ...problem, title: 'Invalid request', detail: `${wrong.pointer}: ${wrong.detail}` };
    await expect(serverWith(json(400, own)).usage.consume(use)).rejects.toThrow(
      "Invalid request\n  /items/0/metric has no metric 'emials'; accepted: emails, credits",
    );
  });
});

describe('client.request', () => {
  it('sends any call of the contract, with its parameters in place and its key', async () => {
    const { usage, asked } = serverWith(json(201, {}), json(200, { items: [], nextCursor: null }));
    await usage.request('POST /v1/accounts/:accountId/credit-packs/:packId/purchase', {
      params: { accountId: 'a@b', packId: 'small' },
      idempotencyKey: 'order-1',
    });
    const page = await usage.request('GET /v1/accounts/:accountId/ledger', {
      params: { accountId: 'acme' },
      query: { limit: 5 },
    });
    expect(page.items).toEqual([]);
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST http://usage.test/v1/accounts/a%40b/credit-packs/small/purchase',
      'GET http://usage.test/v1/accounts/acme/ledger?limit=5',
    ]);
    expect(asked[0]?.headers.get('Idempotency-Key')).toBe('order-1');
  });

  it('does not compile for what is no call, or without what the call needs', () => {
    const { usage } = serverWith();
    const wrong = [
      // @ts-expect-error: an address that no route has
      () => usage.request('GET /v1/account/:accountId', { params: { accountId: 'acme' } }),
      // @ts-expect-error: without its parameters
      () => usage.request('GET /v1/accounts/:accountId/usage'),
      // @ts-expect-error: what moves value goes under a key
      () => usage.request('POST /v1/consume', { body: { accountId: 'acme', items: [] } }),
      // @ts-expect-error: a body of another call
      () => usage.request('POST /v1/keys', { body: { accountId: 'acme', items: [] } }),
      // @ts-expect-error: a stream is no answer in JSON
      () => usage.request('GET /v1/accounts/:accountId/stream', { params: { accountId: 'acme' } }),
    ];
    expect(wrong).toHaveLength(5);
  });
});
