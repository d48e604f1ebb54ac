import {
  createUsageKitMock,
  defaultCatalog,
  fetchAt,
  type MockOptions,
  type MountOptions,
  type UsageKitMock,
} from '@usagekit/react/testing';
import { handlers } from '@usagekit/react/testing/msw';
import { listen, route } from '@usagekit/react/testing/node';
import { setupServer } from 'msw/node';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { checkMocks } from '../../sdk/src/testing/checks/checks.ts';
import { throughRoute } from './calls/through-route.ts';

const mockOf = (options: object = {}) =>
  createUsageKitMock({ ...options, afterEach: onTestFinished } as MockOptions);

describe('F27: a mistake in the use of the mock is told where it is made, with what is accepted', () => {
  it('an unknown scenario', () => {
    expect(() => mockOf({ scenario: 'outOfCredit' })).toThrow(/'outOfCredit'.*outOfCredits/);
  });

  it('a misspelt option', () => {
    expect(() => mockOf({ scenerio: 'fresh' })).toThrow(/'scenerio'.*scenario/);
  });

  it('an unknown role', async () => {
    const mock = mockOf();
    expect(() => mock.session({ role: 'boss' as 'owner' })).toThrow(/'boss'.*owner.*visitor/);
    await expect(mock.tokenFor({ role: 'boss' as 'owner' })).rejects.toThrow(/'boss'/);
    expect(() => handlers(mock, 'https://usage.test', { as: 'boss' as 'owner' })).toThrow(/'boss'/);
  });

  it('a misspelt option of a viewer or of a hold, which would be an owner and a request otherwise', async () => {
    const mock = mockOf();
    expect(() => mock.session({ memberId: 'ada' } as object)).toThrow(/'memberId'.*role, accountId/);
    await expect(mock.tokenFor({ roll: 'viewer' } as object)).rejects.toThrow(/'roll'.*role/);
    await expect(mock.tokenFor({ role: 'viewer', lifetimeSeconds: 90 })).resolves.toHaveProperty('token');
    expect(() => mock.hold('GET *credits', { when: 'answer' } as object)).toThrow(/'when'.*at/);
  });

  it('an unknown kind of fault', () => {
    expect(() => mockOf().fault({ kind: 'html500' as 'html_500' })).toThrow(/'html500'.*html_500/);
  });

  it('an address that is not valid', async () => {
    expect(() => handlers(mockOf(), 'usage.test')).toThrow(/'usage.test' is no address/);
    const page = {
      route: async () => undefined,
      exposeBinding: async () => undefined,
      addInitScript: async () => undefined,
    };
    await expect(route(page, mockOf(), '')).rejects.toThrow(/is no address/);
  });

  it('an account that does not exist', async () => {
    const mock = mockOf();
    expect(() => mock.account('globex')).toThrow(/'globex' is none; accepted are acme/);
    expect(() => mock.session({ accountId: 'globex' })).toThrow(/'globex'/);
    await mock.addAccount('globex');
    expect(mock.account('globex').id).toBe('globex');
  });

  it('a field of a fault, a code, a filter', () => {
    const mock = mockOf();
    expect(() => mock.fault({ statsu: 500 } as object)).toThrow(/'statsu'.*status/);
    expect(() => mock.fault({ code: 'teapot' as 'forbidden' })).toThrow(/'teapot'.*forbidden/);
    expect(() => mock.fault({ on: 'FETCH /v1/usage' })).toThrow(/'FETCH \/v1\/usage' is none.*POST/);
    expect(() => mock.respond('credits', {})).toThrow(/'credits' is none/);
    expect(() => mock.requests('consume')).toThrow(/'consume' is none/);
    expect(() => mock.hold('consume')).toThrow(/'consume' is none/);
  });

  it('a filter that means no call of the API, with the near ones', () => {
    const mock = mockOf();
    const near = /'GET \*credts' means no call of the API.*GET \/v1\/accounts\/:accountId\/credits/;
    expect(() => mock.fault({ on: 'GET *credts' })).toThrow(near);
    expect(() => mock.respond('GET *credts', {})).toThrow(near);
    expect(() => mock.hold('GET *credts')).toThrow(near);
    expect(() => mock.requests('GET *credts')).toThrow(near);
    expect(() => mock.fault({ on: 'POST /v1/accounts/acme/credits' })).toThrow(/means no call/);
    for (const on of [
      '*',
      'GET *',
      'GET /v1/accounts/*/usage',
      '/v1/tasks/t-1',
      'GET *subscr*',
      '/v1/accounts/a*',
    ])
      expect(() => mock.fault({ on })).not.toThrow();
  });

  it('a fault that no request met, at the end of its test', async () => {
    const lines: string[] = [];
    const mock = mockOf({ log: (line: string) => lines.push(line) });
    mock.fault({ on: 'GET *ledger', times: 1 });
    mock.fault({ on: 'GET *credits', times: 1 });
    await expect(mock.client().credits('acme')).rejects.toThrow();
    await checkMocks();
    expect(lines).toEqual([expect.stringContaining("the fault on 'GET *ledger' was met by no request")]);
    await checkMocks();
    expect(lines).toHaveLength(1);
  });

  it('a catalog with mistakes', () => {
    const catalog = { ...defaultCatalog, plans: [] };
    expect(() => mockOf({ catalog })).toThrow(/The catalog of the mock has mistakes: .*\/plans/);
    expect(() => mockOf({ catalog: { plans: [] } })).toThrow(/mistakes: .*\/creditLabel: is missing/);
  });

  it('production', () => {
    vi.stubEnv('NODE_ENV', 'production');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    expect(() => createUsageKitMock()).toThrow(/NODE_ENV is 'production'.*allowInProduction/);
    expect(() => createUsageKitMock({ allowInProduction: true })).not.toThrow();
  });

  it('a platform without what the server is made of', () => {
    vi.stubGlobal('TransformStream', undefined);
    Reflect.deleteProperty(globalThis, 'TransformStream');
    expect(() => createUsageKitMock()).toThrow(/needs TransformStream.*jest-fixed-jsdom/);
  });

  it('a hook that is never run', () => {
    expect(() => createUsageKitMock({ afterEach })).toThrow(
      /never run where it is registered inside of a test/,
    );
    const strict = () => {
      throw new Error('Hooks cannot be defined inside tests.');
    };
    expect(() => createUsageKitMock({ afterEach: strict })).toThrow(/could not be registered with strict/);
  });

  it('a forgotten start, or a client that asks elsewhere, after the test, where the handlers were made', async () => {
    const mock = mockOf();
    handlers(mock, 'https://usage.test');
    await mock.tokenFor();
    const error = await checkMocks().catch((thrown: Error) => thrown);
    expect(error).toMatchObject({
      message: expect.stringMatching(/no request came to https:\/\/usage.test.*server.listen\(\)/),
      stack: expect.stringMatching(/mistakes\.test\.ts/),
    });
    await expect(checkMocks()).resolves.toBeUndefined();
  });

  it('a forgotten start, where the hook that a mock was given checks it', async () => {
    const checks: (() => Promise<void>)[] = [];
    const hook = (check: () => Promise<void>) => checks.push(check);
    const mock = createUsageKitMock({ afterEach: hook });
    handlers(mock, 'https://usage.test');
    await mock.tokenFor();
    await expect(checks[0]?.()).rejects.toThrow(/no request came to https:\/\/usage.test/);
  });

  it('an address outside of the mount', async () => {
    const mock = mockOf();
    await expect(fetchAt(mock, 'https://usage.test')('https://usage.tset/v1/whoami')).rejects.toThrow(
      /https:\/\/usage.tset\/v1\/whoami; accepted are addresses under https:\/\/usage.test/,
    );
    expect(() => handlers(mock, '/api/usage')).toThrow(/belongs to a page/);
  });

  it('an option of an adapter', async () => {
    const mock = mockOf();
    expect(() => fetchAt(mock, '/api', { role: 'owner' } as object)).toThrow(/'role' is none.*as, accountId/);
    await expect(listen(mock, { prot: 4010 } as object)).rejects.toThrow(/'prot' is none.*port/);
  });

  it('a request that is no call of the API', async () => {
    const lines: string[] = [];
    const mock = mockOf({ log: (line: string) => lines.push(line) });
    await mock.fetch('https://usage.test/api/credits');
    expect(lines).toEqual([expect.stringMatching(/^GET \/api\/credits is no call of the API.*baseUrl/)]);
  });

  it('an error of the server in it, with its cause', async () => {
    const told: unknown[][] = [];
    const mock = mockOf({ log: (...given: unknown[]) => told.push(given) });
    await mock.ready;
    const { token } = await mock.tokenFor();
    const parse = vi.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts').mockImplementation(() => {
      throw new Error('No calendar');
    });
    const stringify = vi.spyOn(JSON, 'stringify').mockImplementationOnce(() => {
      throw new Error('No memory');
    });
    const response = await mock.fetch('/v1/accounts/acme/credits', {
      headers: { Authorization: `Bearer ${token}` },
    });
    parse.mockRestore();
    stringify.mockRestore();
    expect(response.status).toBe(500);
    expect(told).toContainEqual([expect.any(String), expect.objectContaining({ message: 'No memory' })]);
  });
});

type Ask = (path: string) => Promise<Response>;

/** Each adapter in proxy mode, under an address with a path of its own. */
const adapters: Record<string, (mock: UsageKitMock, options: MountOptions) => Promise<Ask>> = {
  handlers: async (mock, options) => {
    const server = setupServer(...handlers(mock, 'https://app.test/api/usage', options));
    server.listen();
    onTestFinished(async () => {
      await server.close();
    });
    return (path) => fetch(`https://app.test/api/usage${path}`);
  },
  fetch: async (mock, options) => {
    const asked = fetchAt(mock, '/api/usage', options);
    return (path) => asked(`/api/usage${path}`);
  },
  route: async (mock, options) => throughRoute(mock, 'https://app.test/api/usage', options),
  listen: async (mock, options) => {
    const { url, close } = await listen(mock, options);
    onTestFinished(close);
    return (path) => fetch(`${url}/api/usage${path}`);
  },
};

describe('F27: every adapter takes the same options', () => {
  it.each(Object.entries(adapters))(
    '%s answers requests without a token as the member of the account that is named, as a proxy does',
    async (_name, mount) => {
      const mock = mockOf();
      await mock.addAccount('globex', { planId: 'free' });
      const asOwner = await mount(mock, { as: 'owner' });
      expect(await (await asOwner('/v1/accounts/acme/credits')).json()).toMatchObject({ available: '380' });
      const asGlobex = await mount(mock, { as: 'viewer', accountId: 'globex' });
      expect(await (await asGlobex('/v1/whoami')).json()).toMatchObject({
        accountId: 'globex',
        memberId: 'viewer',
      });
      const asVisitor = await mount(mock, { as: 'visitor' });
      expect((await asVisitor('/v1/accounts/acme/credits')).status).toBe(503);
    },
  );

  it('leads to a payment page that can be reached', async () => {
    const { url, close } = await listen(mockOf(), { as: 'owner' });
    onTestFinished(close);
    const session = await fetch(`${url}/v1/accounts/acme/payment-method/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ returnUrl: 'https://app.example.com' }),
    });
    const page = (await session.json()) as { url: string };
    expect(page.url).toMatch(new RegExp(`^${url}/`));
    expect(await (await fetch(page.url)).text()).toContain('Choose a test card');
  });
});

describe('F27: a fault of the mock is read as the server’s own', () => {
  it('a problem has what every problem of the server has', async () => {
    const mock = mockOf();
    mock.fault({ kind: 'problem', code: 'unavailable' });
    const response = await mock.fetch('/v1/accounts/acme/credits');
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(response.headers.get('Retry-After')).not.toBeNull();
    const { requestId, ...problem } = (await response.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({
      code: 'unavailable',
      type: 'urn:usagekit:problem:unavailable',
      status: 503,
    });
    expect(response.headers.get('X-Request-Id')).toBe(requestId);
  });

  it('an answer of one’s own goes out as it is, once', async () => {
    const mock = mockOf();
    mock.fault({ kind: 'answer', times: 1, status: 418, body: { tea: true }, headers: { 'X-Tea': 'yes' } });
    const { token } = await mock.tokenFor();
    const ask = () =>
      mock.fetch('/v1/accounts/acme/credits', { headers: { Authorization: `Bearer ${token}` } });
    const first = await ask();
    expect([first.status, first.headers.get('X-Tea'), await first.json()]).toEqual([
      418,
      'yes',
      { tea: true },
    ]);
    expect((await ask()).status).toBe(200);
  });

  it('one answer is the real one, changed', async () => {
    const mock = mockOf();
    mock.fault({
      kind: 'changed',
      on: 'GET *credits',
      change: (credits: object) => ({ ...credits, available: '0.000001' }),
    });
    const { token } = await mock.tokenFor();
    const response = await mock.fetch('/v1/accounts/acme/credits', {
      headers: { Authorization: `Bearer ${token}` },
    });
    expect(await response.json()).toMatchObject({ available: '0.000001', held: '0' });
  });
});
