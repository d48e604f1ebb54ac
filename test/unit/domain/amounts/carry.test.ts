import type { CatalogConfig, Item } from '@usagekit/server/contract';
import {
  availableOf,
  type Catalog,
  carryOf,
  decideChangeTask,
  decideCreateTask,
  decideEvent,
  decideHold,
  decideSettle,
  decideVoid,
  listModels,
  partsPerMicro,
  routeModel,
  type TaskRecord,
  type UsageRecord,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture, at } from '../account-fixture.ts';

/** $0.02, or credits, for 1,000,000 tokens: 25 tokens cost half a millionth, and a call a quarter of one. */
const config: CatalogConfig = {
  ...smallCatalogConfig,
  failedTaskRefund: 'full',
  models: [
    {
      id: 'small',
      label: 'Small',
      provider: 'acme',
      tier: 'light',
      prices: [{ input: { amount: '0.02', per: 1_000_000 }, output: { amount: '0.02', per: 1_000_000 } }],
    },
    {
      id: 'smaller',
      label: 'Smaller',
      provider: 'acme',
      tier: 'light',
      prices: [
        { input: { amount: '0.00004', per: 1_000_000 }, output: { amount: '0.00004', per: 1_000_000 } },
      ],
    },
  ],
  tools: [{ id: 'lookup', label: 'Lookup', prices: [{ amount: '0.00025', per: 1_000 }] }],
};
const inCredits = compiled(config, 1);
const inMoney = compiled({ ...config, pricedIn: 'money' }, 2);
const half: Item = { model: 'small', inputTokens: 25 };
const quarter: Item = { tool: 'lookup', calls: 1 };

const open = (catalog: Catalog = inCredits) => new AccountFixture({}, { catalog });

function charge(account: AccountFixture, items: Item[]): bigint {
  const used = account.use(items);
  if (used.outcome === 'refused') throw new Error(used.refusal.reason);
  return used.priced.charge;
}

function report(account: AccountFixture, items: Item[], backfill = false): UsageRecord {
  return account.decide((context) =>
    decideEvent(context, { atMs: account.nowMs, items, dimensions: {}, backfill }),
  ).usage;
}

function takeBack(account: AccountFixture, usage: UsageRecord, task?: TaskRecord): void {
  account.decide((context) =>
    decideVoid(context, {
      usage,
      owed: 0n,
      terms: new Map(),
      paidSince: [],
      isUncounted: false,
      task,
      reason: 'A test',
    }),
  );
}

const carried = (account: AccountFixture, unit = 'credits') => carryOf(account.state.wallet, unit);

describe('amounts finer than a millionth', () => {
  it('C8, L3: every second request of half a millionth is charged one', () => {
    const account = open();
    expect([1, 2, 3, 4].map(() => charge(account, [half]))).toEqual([0n, 1n, 0n, 1n]);
  });

  it('C8, L3: lines of one use carry on to each other', () => {
    const account = open();
    const used = account.use([half, quarter, quarter]);
    expect(used.priced.lines.map(({ amount }) => amount)).toEqual([0n, 0n, 1n]);
    expect(used.priced.charge).toBe(1n);
    expect(carried(account)).toBe(0n);
  });

  it('L20: what costs less than a millionth makes a line all the same', () => {
    expect(open().use([quarter]).priced.lines).toMatchObject([
      { kind: 'tool', amount: 0n, rest: partsPerMicro / 4n },
    ]);
  });

  it('L3: a refusal and a check carry nothing on', () => {
    const account = open();
    charge(account, [half]);
    const { state } = account;
    expect(account.use([half, { metric: 'emails', quantity: '11' }]).outcome).toBe('refused');
    expect(account.state).toBe(state);
  });

  it('L3: each unit has a carry of its own, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 30 }), (isInMoney) => {
        const account = open();
        let [credits, money] = [0n, 0n];
        for (const each of isInMoney) {
          account.withCatalog(each ? inMoney : inCredits);
          const usage = report(account, [half]);
          if (each) money += usage.charge;
          else credits += usage.charge;
        }
        const inAll = (count: number) => (BigInt(count) * partsPerMicro) / 2n;
        const ofMoney = isInMoney.filter(Boolean).length;
        expect(money * partsPerMicro + carried(account, 'USD')).toBe(inAll(ofMoney));
        expect(credits * partsPerMicro + carried(account)).toBe(inAll(isInMoney.length - ofMoney));
      }),
      { numRuns: 40 },
    );
  });

  it('L361: a hold rounds up and carries nothing, and its settlement carries', () => {
    const account = open();
    const held = account.decide((context) =>
      decideHold(context, {
        id: 'h',
        items: [half],
        dimensions: {},
        expiresAtMs: account.nowMs + 60_000,
      }),
    );
    expect(held).toMatchObject({ outcome: 'held', priced: { charge: 1n } });
    expect(carried(account)).toBe(0n);
    const settle = (final: boolean) =>
      account.decide((context) => decideSettle(context, { holdId: 'h', items: [half], final })).priced.charge;
    expect([settle(false), settle(true)]).toEqual([0n, 1n]);
    expect(carried(account)).toBe(0n);
  });

  it('L362: backfill neither takes from the carry nor adds to it', () => {
    const account = open();
    charge(account, [half]);
    const { lines } = report(account, [{ model: 'small', inputTokens: 75 }], true);
    expect(lines).toEqual([expect.not.objectContaining({ rest: expect.anything() })]);
    expect(lines[0]?.amount).toBe(2n);
    expect(carried(account)).toBe(partsPerMicro / 2n);
  });

  it('F24, L363: a use that is taken back gives back what it was charged, and the next charges make up for the rest', () => {
    const account = open();
    const free = report(account, [half]);
    const charged = report(account, [half]);
    expect([free.charge, charged.charge]).toEqual([0n, 1n]);
    takeBack(account, free);
    expect(carried(account)).toBe(-partsPerMicro / 2n);
    expect([charge(account, [half]), charge(account, [half]), charge(account, [half])]).toEqual([0n, 0n, 1n]);
  });

  it('F24, L363: a failed task gives its rests back once, also where a use of it is taken back afterwards', () => {
    const account = open();
    const hour = account.nowMs + 3_600_000;
    const created = account.decide((context) =>
      decideCreateTask(context, {
        id: 'run',
        name: 'Run',
        dimensions: {},
        status: 'in_progress',
        estimate: null,
        holdExpiresAtMs: hour,
      }),
    );
    if (created.outcome === 'refused') throw new Error(created.refusal.reason);
    let { task } = created;
    const usages: UsageRecord[] = [];
    const change = (command: Partial<Parameters<typeof decideChangeTask>[2]>) => {
      const changed = account.decide((context) => {
        const decision = decideChangeTask(context, task, { holdExpiresAtMs: hour, ...command });
        usages.push(...decision.facts.usage);
        return decision;
      });
      if (changed.outcome === 'refused') throw new Error(changed.refusal.reason);
      task = changed.task;
    };
    change({ items: [quarter] });
    expect(carried(account)).toBe(partsPerMicro / 4n);
    change({ status: 'failed' });
    expect(carried(account)).toBe(0n);
    const [usage] = usages;
    if (usage === undefined) throw new Error('Nothing was used');
    takeBack(account, usage, task);
    expect(carried(account)).toBe(0n);
  });

  it('L361: what a model is expected to cost is rounded up, and the cheaper one is found below a millionth', () => {
    const route = routeModel(
      inCredits,
      planOfFree(),
      { complexity: 1, tokens: { input: 25, output: 0 } },
      at('2026-06-01T00:00:00Z'),
    );
    expect(route).toMatchObject({ outcome: 'routed', model: { id: 'smaller' }, cost: 1n });
    const shown = listModels(inCredits, planOfFree(), at('2026-06-01T00:00:00Z'));
    expect(shown.map(({ id, inputPer1000, cheapest }) => [id, inputPer1000, cheapest])).toEqual([
      ['smaller', '0.00000004', true],
      ['small', '0.00002', false],
    ]);
  });

  it('C4: credits are there as long as nothing whole was charged', () => {
    const account = open();
    const before = availableOf(account.state.wallet, 'credits');
    charge(account, [half]);
    expect(availableOf(account.state.wallet, 'credits')).toBe(before);
  });
});

function planOfFree() {
  const plan = inCredits.plans.get('free');
  if (plan === undefined) throw new Error('The catalog has no plan free');
  return plan;
}
