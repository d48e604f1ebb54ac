import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  AutoTopUp,
  CatalogConfig,
  ConsumeAnswer,
  Credits,
  Diagnosis,
  Erasure,
  EventsAnswer,
  GrantAnswer,
  Member,
  PaymentSession,
  Problem,
  Token,
  Usage,
  UsageSeries,
  VoidAnswer,
} from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Send, senderTo } from '../../store/erasures/filled-account.ts';
import { type ServedProcess, servedKey, startServed } from '../../store/served/served-process.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { usagekit } from '../support/command-line.ts';

/*
 * Faults that users of products like this one have reported, each by its smallest input, against a server that runs. The figures are
 * those that they should have been.
 */

const folder = mkdtempSync(join(tmpdir(), 'usagekit-reported-'));
const running: ServedProcess[] = [];
afterAll(async () => {
  await Promise.all(running.map((server) => server.kill()));
  rmSync(folder, { recursive: true, force: true });
});

const catalog: CatalogConfig = {
  ...smallCatalogConfig,
  anchor: 'first_of_month',
  failedTaskCounts: 'give_back',
  upgrade: { period: 'keep', credits: 'difference' },
  plans: smallCatalogConfig.plans.map((plan) => (plan.id === 'pro' ? { ...plan, packs: false } : plan)),
  models: [
    ...(smallCatalogConfig.models ?? []),
    {
      id: 'gpt-5-mini',
      aliases: ['openai/gpt-5-mini', 'gpt-5-mini-*'],
      label: 'GPT-5 mini',
      provider: 'openai',
      tier: 'light',
      prices: [{ input: { amount: '1', per: 1_000 }, output: { amount: '8', per: 1_000 } }],
    },
  ],
};

async function serve(name: string, config: CatalogConfig): Promise<{ server: ServedProcess; send: Send }> {
  const catalogFile = join(folder, `${name}.json`);
  writeFileSync(catalogFile, JSON.stringify(config));
  const server = await startServed(join(folder, `${name}.db`), catalogFile);
  running.push(server);
  const send = senderTo(async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    if (headers.get('authorization')?.startsWith('Bearer sk_'))
      headers.set('authorization', `Bearer ${servedKey}`);
    const body = await request.text();
    return fetch(`${server.url}${pathname}${search}`, {
      method: request.method,
      headers,
      ...(body === '' ? {} : { body }),
    });
  });
  return { server, send };
}

describe('on a server that prices in credits', () => {
  let server: ServedProcess;
  let send: Send;
  beforeAll(async () => {
    ({ server, send } = await serve('credits', catalog));
  });

  const emails = (quantity: string) => [{ metric: 'emails', quantity }];
  const search = (calls: number) => [{ tool: 'search', calls }];
  const account = async (id: string, input: object = {}) => {
    expect((await send('PUT', paths.account(id), input)).status).toBe(201);
    return id;
  };
  const consume = (accountId: string, items: unknown, rest = {}) =>
    send<ConsumeAnswer & Problem>('POST', paths.consume, { accountId, items, ...rest });
  const available = async (id: string) => (await send<Credits>('GET', paths.credits(id))).body.available;
  const used = async (id: string, metric: string) => {
    const { body } = await send<Usage>('GET', paths.usage(id));
    return body.groups.flatMap(({ meters }) => meters).find((meter) => meter.metric === metric)?.used;
  };

  /** An owner who has entered a card. */
  async function ownerOf(accountId: string): Promise<{ bearer: string }> {
    await send('PUT', paths.member(accountId, 'owner'), { role: 'owner' });
    const { body } = await send<Token>('POST', paths.tokens, { accountId, memberId: 'owner' });
    const owner = { bearer: body.token };
    const session = await send<PaymentSession>(
      'POST',
      paths.paymentMethodSession(accountId),
      { returnUrl: 'https://app.example.com/billing' },
      owner,
    );
    const chosen = await fetch(session.body.url, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ card: 'succeeds' }),
    });
    expect(chosen.status).toBe(303);
    return owner;
  }

  it('C8: R1: a threshold that a pack cannot reach is refused with both figures, and one crossing buys once', async () => {
    const id = await account('r1');
    const owner = await ownerOf(id);
    const topUp = (threshold: string) =>
      send<Problem>('PUT', paths.autoTopUp(id), { enabled: true, threshold, packId: 'small' }, owner);
    const refused = await topUp('100000');
    expect([refused.status, refused.body.detail]).toEqual([
      400,
      'The threshold of 100000 is more than the 500 that one charge buys',
    ]);
    expect((await topUp('50')).status).toBe(200);
    await consume(id, search(30));
    await expect.poll(() => available(id)).toBe('540');
    const { body } = await send<AutoTopUp>('GET', paths.autoTopUp(id));
    expect([body.status, body.chargesThisCycle]).toEqual(['ready', 1]);
  });

  it('C8: R2: a top-up buys nothing on a plan that sells no packs, as nobody buys there by hand', async () => {
    const id = await account('r2');
    const owner = await ownerOf(id);
    const topUp = { enabled: true, threshold: '50', packId: 'small' };
    expect((await send('PUT', paths.autoTopUp(id), topUp, owner)).status).toBe(200);
    await send('PUT', paths.account(id), { planId: 'pro' });
    const before = Number(await available(id));
    await consume(id, search((before - 10) / 2));
    expect([await available(id), (await send<AutoTopUp>('GET', paths.autoTopUp(id))).body.status]).toEqual([
      '10',
      'not_sold',
    ]);
    expect((await send('POST', paths.purchase(id, 'small'), undefined, owner)).status).toBe(403);
  });

  it('F13: R3: cycles from the first of the month begin at midnight of the zone that the account moved to', async () => {
    await send('POST', paths.testClocks, { id: 'r3', now: '2026-10-10T12:00:00.000Z' });
    const id = await account('r3', { testClockId: 'r3' });
    await send('PUT', paths.account(id), { timeZone: 'America/Los_Angeles' });
    const cycle = async (to: string) => {
      await send('POST', paths.advanceTestClock('r3'), { to });
      const { body } = await send<Usage>('GET', paths.usage(id));
      return [body.cycle.startsAt, body.cycle.endsAt];
    };
    expect(await cycle('2026-11-15T12:00:00.000Z')).toEqual([
      '2026-11-01T00:00:00.000Z',
      '2026-12-01T08:00:00.000Z',
    ]);
    expect(await cycle('2027-04-15T12:00:00.000Z')).toEqual([
      '2027-04-01T07:00:00.000Z',
      '2027-05-01T07:00:00.000Z',
    ]);
  });

  it('R9: a gauge does not fall below 0, and an addition older than a setting is in it', async () => {
    const id = await account('r9');
    const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const report = (eventId: string, minutes: number, quantity: string, op: 'add' | 'set') =>
      send<EventsAnswer>('POST', paths.events, {
        events: [
          { id: eventId, accountId: id, at: at(minutes), items: [{ metric: 'storage', quantity, op }] },
        ],
      });
    const below = await report('r9-1', 50, '-10', 'add');
    expect([below.body.adjusted?.[0]?.value, await used(id, 'storage')]).toEqual(['0', '0']);
    await report('r9-2', 30, '4', 'set');
    await report('r9-3', 40, '3', 'add');
    expect(await used(id, 'storage')).toBe('4');
    await report('r9-4', 20, '1', 'add');
    expect(await used(id, 'storage')).toBe('5');
  });

  it('F19: R11: an export runs in no spreadsheet, and says that it is UTF-8 where that is asked for', async () => {
    const id = await account('r11');
    for (const reason of ['=1+1', '+1', '-cmd', '@SUM(A1)', '\tx', 'safe\n=2+2', 'a;=3+3', '＝4+4', 'Grüße'])
      expect((await send('POST', paths.grants(id), { amount: '1', reason })).status).toBe(201);
    const environment = { USAGEKIT_SECRET_KEY: servedKey };
    const { code, out } = await usagekit(['export', id, '--server', server.url, '--bom'], environment);
    expect([code, out.startsWith('\uFEFF'), out.includes('Grüße')]).toEqual([0, true, true]);
    // Whichever of comma, semicolon, tab and line feed parts cells: none begins with a sign and goes on as no number.
    const cells = out.split(/[,;\t\r\n]/).map((cell) => cell.replace(/^"/, ''));
    expect(cells.filter((cell) => /^[=+\-@\uFF1D]/.test(cell) && !/^-?\d+(\.\d+)?$/.test(cell))).toEqual([]);
  });

  it('B9: R13: an upgrade in mid-cycle brings the new plan’s credits at once, by the rule of the catalog', async () => {
    const id = await account('r13');
    await consume(id, search(20));
    const change = await send('POST', `${paths.subscription(id)}/change`, { planId: 'pro' });
    expect(change.status).toBeLessThan(300);
    // 60 of 100 are left, and pro has 900 more.
    expect(await available(id)).toBe('960');
  });

  it('A11: R14: what the gate refused in the last hour is the first thing that a diagnosis tells, with a model that fits', async () => {
    const id = await account('r14');
    await consume(id, search(1));
    expect((await consume(id, [{ model: 'deep-1' }])).status).toBe(402);
    const { body } = await send<Diagnosis>('GET', paths.diagnosis(id));
    expect(body.status).toBe('blocked');
    expect(body.findings[0]).toMatchObject({
      kind: 'gate_refuses',
      refusal: { requested: '120', available: '98' },
      cheaperModel: { id: 'swift-1' },
    });
    // Another run passes, and so another model is offered before credits are called short.
    expect((await consume(id, [{ model: 'swift-1' }])).status).toBe(200);
  });

  it('F24: N1: an event that was reported by mistake blocks nothing once it is taken back', async () => {
    const id = await account('n1');
    await send('POST', paths.events, { events: [{ id: 'mistake', accountId: id, items: emails('100') }] });
    expect((await consume(id, emails('1'))).status).toBe(402);
    const taken = await send<VoidAnswer>('POST', paths.voids(id), {
      use: { eventId: 'mistake' },
      reason: 'By mistake',
    });
    expect([taken.status, taken.body.counts[0]?.quantity, await used(id, 'emails')]).toEqual([
      201,
      '100',
      '0',
    ]);
    expect((await consume(id, emails('10'))).status).toBe(200);
  });

  it('F24: N2: failed runs give their counts back', async () => {
    const id = await account('n2');
    for (let run = 0; run < 5; run += 1) {
      await send('POST', paths.tasks, { accountId: id, id: `n2-${run}`, name: 'Run', status: 'in_progress' });
      const failed = { accountId: id, items: emails('10'), status: 'failed' };
      expect((await send('PATCH', paths.task(`n2-${run}`), failed)).status).toBe(200);
    }
    expect(await used(id, 'emails')).toBe('0');
  });

  it('C14, F24: N3: a refunded pack loses its own credits, and the plan keeps its', async () => {
    const id = await account('n3');
    const pack = { amount: '500', source: 'purchase' };
    const { body } = await send<GrantAnswer>('POST', paths.grants(id), pack);
    await consume(id, search(10));
    const back = { amount: '-500', grantId: body.grant.id, reason: 'Refunded' };
    expect((await send('POST', paths.adjustments(id), back)).status).toBe(201);
    const { body: credits } = await send<Credits>('GET', paths.credits(id));
    expect(credits.grants.map(({ source, remaining }) => [source, remaining])).toEqual([['plan', '80']]);
  });

  it('F24: N4: a member is removed and erased; tokens die at once, history keeps a pseudonym', async () => {
    const id = await account('n4');
    await send('PUT', paths.member(id, 'ada'), { name: 'Ada Byron' });
    const { body } = await send<Token>('POST', paths.tokens, { accountId: id, memberId: 'ada' });
    await consume(id, emails('2'), { memberId: 'ada' });
    expect((await send('DELETE', paths.member(id, 'ada'))).status).toBe(204);
    const read = () => send('GET', paths.summary(id), undefined, { bearer: body.token });
    expect((await read()).status).toBe(403);
    const { body: proof } = await send<Erasure>('POST', paths.eraseMember(id, 'ada'), {});
    expect((await read()).status).toBe(403);
    const query = 'metric=emails&groupBy=member&interval=day';
    const { body: series } = await send<UsageSeries>('GET', `${paths.usageSeries(id)}?${query}`);
    expect(series.groups.map(({ value, total }) => [value, total])).toEqual([[proof.memberId, '2']]);
  });

  it.each(['gpt-5-mini-2025-08-07', 'openai/gpt-5-mini', 'gpt-5-mini'])(
    'F25: N5: %s is priced as the model that it is',
    async (model) => {
      const id = await account(`n5-${model}`, { planId: 'pro' });
      const { body } = await consume(id, [{ model, inputTokens: 1_000, outputTokens: 500 }]);
      expect(body.cost.amount).toBe('5');
    },
  );

  it('F25: N5: an unknown model is refused by name at a gate, and as a fact it is counted and waits for its price', async () => {
    const id = await account('n5');
    const unknown = [{ model: 'claude-opus-9', inputTokens: 10, outputTokens: 10 }];
    const refused = await consume(id, unknown);
    expect([refused.status, refused.body.code]).toEqual([422, 'unknown_model']);
    const { body } = await send<EventsAnswer>('POST', paths.events, {
      events: [{ id: 'n5', accountId: id, items: unknown }],
    });
    expect([body.accepted, body.unpriced?.[0]]).toMatchObject([1, { name: 'claude-opus-9' }]);
    expect([await used(id, 'tokens'), await available(id)]).toEqual(['20', '100']);
  });

  it.each(['auth0|5f7c8ec7', 'a+b@x.com', 'arn:aws:iam::1:user/Ada', '=1+1', 'Zoë, 部門'])(
    'N7: %s is a member, an agent and an idempotency key’s owner like any other',
    async (name) => {
      const id = await account(`n7 ${name}`);
      expect((await send<Member>('PUT', paths.member(id, name), {})).body.id).toBe(name);
      const browser = { kind: 'extension', label: name, accountId: id, memberId: name };
      const { body: key } = await send<{ secret: string }>('POST', paths.keys, browser);
      const used = await consume(id, search(1), { memberId: name, agentId: name });
      expect(used.status).toBe(200);
      expect((await send('GET', paths.summary(id), undefined, { bearer: key.secret })).status).toBe(200);
      const { out } = await usagekit(['export', id, '--server', server.url], {
        USAGEKIT_SECRET_KEY: servedKey,
      });
      // A spreadsheet gets it disarmed, and nothing else is changed.
      expect(out.replaceAll('""', '"')).toContain(name);
    },
  );

  it('N8: a quantity is bounded by what a counter holds, not by the item', async () => {
    const id = await account('n8');
    const many = (quantity: string) => consume(id, [{ metric: 'exports', quantity }]);
    expect((await many('5000000000')).status).toBe(200);
    expect((await many('995000000000.000001')).body.code).toBe('amount_out_of_range');
    expect((await many('995000000000')).status).toBe(200);
  });

  it('R15: another unit is refused while accounts have anything in the present one, with their number', async () => {
    const { status, body } = await send<Problem>('PUT', paths.catalog, { ...catalog, pricedIn: 'money' });
    expect([status, body.invalidParameters?.[0]?.detail]).toEqual([
      422,
      expect.stringMatching(/^\d+ accounts have, hold or owe amounts in credits/),
    ]);
  });

  it('C3: R10: a baseline that comes into the catalog reaches an account that was made before, once', async () => {
    const id = await account('r10');
    await send('PUT', paths.catalog, { ...catalog, baselineCredits: '25' });
    expect(await available(id)).toBe('125');
    await consume(id, search(1));
    expect(await available(id)).toBe('123');
  });
});

describe('on a server that prices in money', () => {
  const money: CatalogConfig = {
    ...smallCatalogConfig,
    pricedIn: 'money',
    plans: smallCatalogConfig.plans.map((plan) => ({ ...plan, overdraft: '1000' })),
    models: [
      {
        id: 'small',
        label: 'Small',
        provider: 'acme',
        tier: 'light',
        prices: [{ input: { amount: '0.02', per: 1_000_000 }, output: { amount: '0.02', per: 1_000_000 } }],
      },
    ],
  };

  it('R7: ten thousand events of 25 tokens cost what their sum costs, and 26 tokens do not cost twice as much', async () => {
    const { send } = await serve('money', money);
    await send('PUT', paths.account('r7'), {});
    const spent = async () => (await send<Credits>('GET', paths.credits('r7'))).body.spentThisCycle;
    for (let request = 0; request < 10; request += 1) {
      const events = Array.from({ length: 1_000 }, (_, index) => ({
        id: `r7-${request}-${index}`,
        accountId: 'r7',
        items: [{ model: 'small', inputTokens: 25 }],
      }));
      expect((await send('POST', paths.events, { events })).status).toBe(200);
    }
    expect(await spent()).toBe('0.005');
    await send('POST', paths.events, {
      events: Array.from({ length: 100 }, (_, index) => ({
        id: `r7-26-${index}`,
        accountId: 'r7',
        items: [{ model: 'small', inputTokens: 26 }],
      })),
    });
    expect(await spent()).toBe('0.005052');
  }, 60_000);
});
