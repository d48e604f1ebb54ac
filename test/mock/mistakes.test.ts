import { createUsageKitMock, defaultCatalog, type MockOptions } from '@usagekit/react/testing';
import { handlers } from '@usagekit/react/testing/msw';
import { listen, route } from '@usagekit/react/testing/node';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { checkMocks } from '../../sdk/src/testing/checks/checks.ts';

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

  it('an unknown kind of fault', () => {
    expect(() => mockOf().fault({ kind: 'html500' as 'html_500' })).toThrow(/'html500'.*html_500/);
  });

  it('an address that is none', async () => {
    expect(() => handlers(mockOf(), 'usage.test')).toThrow(/'usage.test' is no address/);
    const page = {
      route: async () => undefined,
      exposeBinding: async () => undefined,
      addInitScript: async () => undefined,
    };
    await expect(route(page, mockOf(), '')).rejects.toThrow(/is no address/);
  });

  it('an account that there is not', async () => {
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

  it('a catalog with mistakes', () => {
    const catalog = { ...defaultCatalog, plans: [] };
    expect(() => mockOf({ catalog })).toThrow(/The catalog of the mock has mistakes: .*\/plans/);
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

  it('a client that asks elsewhere', async () => {
    const lines: string[] = [];
    const mock = mockOf({ log: (line: string) => lines.push(line) });
    handlers(mock, 'https://usage.test');
    await mock.tokenFor();
    await checkMocks();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/no request came to https:\/\/usage.test.*server.listen\(\)/);
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

describe('F27: every adapter takes the same options', () => {
  it('answers requests without a token as the member that is named, as a proxy does', async () => {
    const mock = mockOf();
    const { url, close } = await listen(mock, { as: 'owner' });
    onTestFinished(close);
    const credits = await fetch(`${url}/v1/accounts/acme/credits`);
    expect(await credits.json()).toMatchObject({ available: '380' });
    const asVisitor = await listen(mock, { as: 'visitor' });
    onTestFinished(asVisitor.close);
    expect((await fetch(`${asVisitor.url}/v1/accounts/acme/credits`)).status).toBe(503);
  });

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
