// @vitest-environment node
import type { Summary } from '@usagekit/server/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Background, createBackground } from '../../../extension/src/background/create-background.ts';
import { chooseShown } from '../../../extension/src/core/account/shown-account.ts';
import { emptySnapshot } from '../../../extension/src/core/account/snapshot.ts';
import type { Envelope, ExtensionState, Sender } from '../../../extension/src/core/rpc/rpc.ts';
import { createFakeBrowser, type FakeBrowser } from '../../../extension/test-support/fake-ports.ts';
import { sampleBlocked, sampleMeter, sampleSummary } from '../../../extension/test-support/sample-summary.ts';

/** Two products, each with a server and an app of its own. */
const products = ['acme', 'beta'] as const;
type Product = (typeof products)[number];
const serverUrl = (product: Product) => `https://usage.${product}.example`;
const appOrigin = (product: Product) => `https://app.${product}.example`;
const idOf = (product: Product) => `${product} ${serverUrl(product)}`;
const onSite = (product: Product, tabId = 1): Sender => ({
  kind: 'content-script',
  origin: appOrigin(product),
  tabId,
});

let browser: FakeBrowser;
let background: Background;
let summaries: Record<Product, Summary>;

beforeEach(async () => {
  summaries = {
    acme: sampleSummary({ accountId: 'acme', accountName: 'Acme' }),
    beta: sampleSummary({
      accountId: 'beta',
      accountName: 'Beta',
      credits: { available: '77', held: '0', unit: 'credits' },
      creditsIncluded: '100',
      billingUrl: 'https://app.beta.example/billing',
    }),
  };
  browser = createFakeBrowser();
  browser.answerInTab((message) =>
    message.usagekit === 'can_prompt' ? { isVisible: true, productShowsOwn: false } : true,
  );
  browser.serve(answer);
  background = createBackground(browser.ports, {
    siteScriptFile: '/site-script.js',
    cardFile: '/card.js',
    chipFile: '/chip.js',
    onInternalError: (error) => {
      throw error;
    },
  });
  for (const product of products) {
    await call('connect', { serverUrl: serverUrl(product), token: `uke_${product}` });
    browser.granted.add(`${appOrigin(product)}/*`);
    await call('addSite', { origin: appOrigin(product), connectionId: idOf(product) });
  }
});

function answer(request: Request): Response {
  const { host, pathname } = new URL(request.url);
  const product = host.split('.')[1] as Product;
  if (request.headers.get('Authorization') !== `Bearer uke_${product}`)
    return Response.json({ code: 'invalid_credentials' }, { status: 401 });
  if (request.method === 'DELETE') return new Response(null, { status: 204 });
  if (pathname.endsWith('/whoami'))
    return Response.json({
      caller: 'extension',
      accountId: product,
      memberId: 'm',
      role: 'owner',
      permissions: [],
    });
  return Response.json(summaries[product]);
}

const call = (method: string, params: unknown = null, sender: Sender = { kind: 'extension-page' }) =>
  background.answer({ v: 1, id: 'a', method, params }, sender) as Promise<Envelope<unknown>>;
const stateOf = async () => ((await call('state')) as { ok: true; value: ExtensionState }).value;
const asked = (product: Product) =>
  browser.requests.filter(({ url }) => url === `${serverUrl(product)}/v1/accounts/${product}/summary`).length;
const withdrawn = () => browser.told.filter(({ message }) => message.usagekit === 'withdraw').length;
const prompts = () => browser.told.filter(({ message }) => message.usagekit === 'prompt');

function block(product: Product): void {
  summaries[product] = {
    ...summaries[product],
    level: 'over',
    blocked: sampleBlocked(),
    version: summaries[product].version + 1,
  };
}

async function view(product: Product): Promise<() => void> {
  const close = browser.watch(onSite(product));
  await browser.settle();
  return close;
}

describe('the account that the icon shows', () => {
  it('F26: is that of the added site in view, else the chosen one, else the most urgent', async () => {
    const leave = await view('beta');
    expect(browser.badge()?.title).toContain('Beta');
    leave();
    await browser.settle();
    expect(browser.badge()?.title).toContain('Acme');

    await call('choose', { connectionId: idOf('beta') });
    expect(browser.badge()?.title).toContain('Beta');
    await view('acme');
    expect(browser.badge()?.title).toContain('Acme');
  });

  it('F26: is the one whose work is stopped, where none is chosen', async () => {
    block('beta');
    await browser.advance(120_000);
    expect(browser.badge()?.title).toContain('Beta: No credits left');
    expect((await stateOf()).shownId).toBe(idOf('beta'));
  });

  it('goes by urgency alone among those that nobody chose', () => {
    const nowMs = Date.UTC(2026, 10, 20, 8);
    const of = (connectionId: string, changes: Partial<Summary>) => ({
      connectionId,
      snapshot: {
        ...emptySnapshot,
        summary: sampleSummary(changes),
        isBlocked: changes.blocked !== undefined,
        asOfMs: nowMs,
      },
    });
    const inOrder = [
      of('ok', {}),
      of('warning', { level: 'warning' }),
      of('high', { level: 'high' }),
      of('past due', { pastDue: true }),
      of('blocked', { blocked: sampleBlocked() }),
    ];
    for (let count = 1; count <= inOrder.length; count += 1) {
      const some = inOrder.slice(0, count);
      const most = some.at(-1)?.connectionId;
      expect(chooseShown(some, null, null, nowMs)?.connectionId).toBe(most);
      expect(chooseShown(some.toReversed(), null, 'gone', nowMs)?.connectionId).toBe(most);
    }
    expect(chooseShown([], null, null, nowMs)).toBeUndefined();
  });
});

describe('a site', () => {
  it('F26: asks the server of the account that it was added for, and no other', async () => {
    await view('acme');
    const before = [asked('acme'), asked('beta')];
    await call('hint', null, onSite('acme'));
    browser.completeRequest({ status: 402, headers: [], origin: appOrigin('acme') });
    await browser.advance(10_000);
    expect(asked('acme')).toBeGreaterThan(before[0] ?? 0);
    expect(asked('beta')).toBe(before[1]);
  });

  it('F26: gets no card about an account of another product', async () => {
    block('beta');
    await view('acme');
    await browser.advance(120_000);
    expect(prompts()).toEqual([]);
    await view('beta');
    expect(prompts()).toHaveLength(1);
  });

  it('opens the billing page of its own account', async () => {
    await call('openBilling', null, onSite('beta'));
    await call('openBilling', null, onSite('acme'));
    expect(browser.openedTabs).toEqual([
      'https://app.beta.example/billing',
      'https://app.acme.example/billing',
    ]);
  });

  it('is heard at a rate of its own, so that a noisy one does not keep another from being heard', async () => {
    await view('acme');
    browser.watch(onSite('beta', 2));
    await browser.settle();
    await browser.advance(20_000);
    const before = asked('beta');
    for (let count = 0; count < 500; count += 1) await call('hint', null, onSite('acme'));
    await call('hint', null, onSite('beta', 2));
    await browser.advance(2_000);
    expect(asked('beta')).toBeGreaterThan(before);
  });

  it('F17: learns nothing from a storm of forged 402s by ranges of figures', async () => {
    await view('acme');
    await browser.advance(60_000);
    const [toldBefore, askedBefore] = [browser.told.length, asked('acme')];
    for (let from = 0; from <= 10_000; from += 50) {
      const figures = Array.from({ length: 50 }, (_, at) => `"credits";r=${from + at}`).join(', ');
      for (const status of [402, 429]) {
        browser.completeRequest({
          status,
          headers: [{ name: 'RateLimit', value: figures }],
          origin: appOrigin('acme'),
        });
      }
      await browser.advance(1_000);
    }
    // Neither a card nor a question to the page, whichever range the balance of 1,234 lies in.
    expect(browser.told.length).toBe(toldBefore);
    // 402 answers in 201 seconds: at first once in five seconds, and less and less often.
    expect(asked('acme') - askedBefore).toBeLessThanOrEqual(16);
  });
});

describe('disconnecting one account', () => {
  it('F26: forgets it with its sites, its alarm and its card, and leaves the other as it is', async () => {
    block('acme');
    await view('acme');
    await browser.advance(120_000);
    expect(prompts()).toHaveLength(1);
    await call('disconnect', { connectionId: idOf('acme') });
    await browser.settle();
    expect(browser.told.at(-1)?.message).toEqual({ usagekit: 'withdraw' });
    const state = await stateOf();
    expect(state.accounts.map(({ connection }) => connection.accountName)).toEqual(['Beta']);
    expect(state.sites).toEqual([{ origin: appOrigin('beta'), connectionId: idOf('beta'), hasChip: false }]);
    expect([...browser.alarms.keys()]).toEqual([`poll ${idOf('beta')}`]);
    expect(JSON.stringify([...browser.local.values(), ...browser.session.values()])).not.toContain('acme');
    expect(browser.requests.at(-1)).toMatchObject({ method: 'DELETE' });
    expect(browser.badge()?.text).toBe('77');
  });
});

describe('a card', () => {
  it('leaves when its site is removed', async () => {
    block('acme');
    await view('acme');
    await browser.advance(120_000);
    await call('removeSite', { origin: appOrigin('acme') });
    expect(browser.told.at(-1)?.message).toEqual({ usagekit: 'withdraw' });
  });

  it('leaves when more is there than when it came, though only one run was refused', async () => {
    const refused = { reason: 'insufficient_credits' as const, metric: null, at: '2026-11-20T08:00:00.000Z' };
    summaries.beta = { ...summaries.beta, refusedLately: refused, version: 2 };
    await view('beta');
    expect(prompts()).toHaveLength(1);
    const { refusedLately: _over, ...later } = summaries.beta;
    summaries.beta = { ...later, version: 3 };
    await browser.advance(120_000);
    expect(withdrawn()).toBe(0);
    summaries.beta = { ...later, version: 4, credits: { available: '577', held: '0', unit: 'credits' } };
    await browser.advance(120_000);
    expect(withdrawn()).toBe(1);
  });
});

describe('what the icon shows', () => {
  const choose = (icon: object) => call('setIcon', icon);
  beforeEach(async () => {
    summaries.acme = {
      ...summaries.acme,
      version: 2,
      meters: [sampleMeter({ metric: 'emails', label: 'Emails', percent: 62 })],
    };
    await call('choose', { connectionId: idOf('acme') });
    await call('summary', { cause: 'asked' });
  });

  it.each([
    [{ what: 'auto', as: 'left', onlyTrouble: false }, '1.2k', '1,234 of 5,000 credits left'],
    [{ what: 'meter:emails', as: 'left', onlyTrouble: false }, '38%', 'Acme: Emails 38% left'],
    [{ what: 'meter:emails', as: 'used', onlyTrouble: false }, '62%', 'Acme: Emails 62% used'],
    [{ what: 'reset', as: 'left', onlyTrouble: false }, '11d', 'Resets Dec 1, 2026'],
    [{ what: 'auto', as: 'left', onlyTrouble: true }, '', '1,234 of 5,000 credits left'],
    [{ what: 'meter:gone', as: 'left', onlyTrouble: false }, '1.2k', '1,234 of 5,000 credits left'],
  ])('F26: is what was chosen, said the same way in text and title: %j', async (icon, text, title) => {
    await choose(icon);
    expect(browser.badge()?.text).toBe(text);
    expect(browser.badge()?.title).toContain(title);
  });

  it('is trouble all the same where only trouble is shown', async () => {
    await choose({ what: 'auto', as: 'left', onlyTrouble: true });
    block('acme');
    await call('summary', { cause: 'asked' });
    expect(browser.badge()?.text).toMatch(/^\d+d$/);
  });

  it('is kept over restarts', async () => {
    await choose({ what: 'meter:emails', as: 'used', onlyTrouble: false });
    expect(browser.local.get('settings')).toMatchObject({ icon: { what: 'meter:emails', as: 'used' } });
  });
});

describe('notifications', () => {
  const turnOn = () => call('setNotify', { isOn: true, quietFromHour: 0, quietToHour: 0 });
  const runLow = async () => {
    summaries.beta = { ...summaries.beta, level: 'high', version: summaries.beta.version + 1 };
    await browser.advance(120_000);
  };

  it('come once for what runs low, of each account by itself, and lead to its billing page', async () => {
    await turnOn();
    await runLow();
    await runLow();
    expect(browser.notices).toMatchObject([{ title: 'Beta: credits running low' }]);
    browser.pressNotice(browser.notices[0]?.id ?? '');
    await browser.settle();
    expect(browser.openedTabs).toEqual(['https://app.beta.example/billing']);
  });

  it('do not come until they are turned on, and what was said dies with its account', async () => {
    await runLow();
    expect(browser.notices).toEqual([]);
    await turnOn();
    await runLow();
    expect(browser.notices).toHaveLength(1);
    expect(JSON.stringify(browser.local.get('notices'))).toContain('beta');
    await call('disconnect', { connectionId: idOf('beta') });
    expect(browser.local.has('notices')).toBe(false);
  });
});
