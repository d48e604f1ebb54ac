import { apiBounds } from '@usagekit/server/contract';
import {
  advance,
  decideChangeAccount,
  decideHold,
  decideRelease,
  formatAmount,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture, at } from '../account-fixture.ts';

const cycleOf = ({ state }: AccountFixture) => [
  new Date(state.usage.startsAtMs).toISOString(),
  new Date(state.usage.endsAtMs).toISOString(),
];

describe('what falls due', () => {
  it('C4, L64, L66: at one instant holds end before grants, grants before the cycle, and its credits come with it', () => {
    const account = new AccountFixture();
    const cycleEnd = at('2026-07-01T00:00:00Z');
    account.nowMs = at('2026-06-30T00:00:00Z');
    account.decide((context) =>
      decideHold(context, {
        id: 'h',
        items: [{ tool: 'search', calls: 30 }],
        dimensions: {},
        expiresAtMs: cycleEnd,
      }),
    );
    const before = account.ledger.length;
    account.moveTo('2026-07-01T00:00:00Z');
    const entries = account.ledger.slice(before);
    // What the hold gives back goes to a grant that ends at the same instant, and so ends with it.
    expect(entries.map((entry) => [entry.kind, formatAmount(entry.amount), entry.effectiveAtMs])).toEqual([
      ['release', '60', cycleEnd],
      ['reset', '-100', cycleEnd],
      ['grant', '100', cycleEnd],
    ]);
  });

  it.each([
    ['plan', 'reset'],
    ['promotional', 'expiry'],
  ] as const)(
    'F12, L52: what comes back of a %s grant after its end is a %s like that end itself',
    (source, kind) => {
      const account = new AccountFixture();
      if (source !== 'plan')
        account.grant('100', { id: 'gift', source, priority: 1, expiresAtMs: at('2026-07-01T00:00:00Z') });
      account.nowMs = at('2026-06-30T00:00:00Z');
      account.decide((context) =>
        decideHold(context, {
          id: 'h',
          items: [{ tool: 'search', calls: 30 }],
          dimensions: {},
          expiresAtMs: at('2026-07-02T00:00:00Z'),
        }),
      );
      account.moveTo('2026-07-01T12:00:00Z');
      const before = account.ledger.length;
      account.decide((context) => decideRelease(context, 'h'));
      expect(account.ledger.slice(before).map((entry) => [entry.kind, formatAmount(entry.amount)])).toEqual([
        ['release', '60'],
        [kind, '-60'],
      ]);
    },
  );

  it.each([
    ['at one instant', 0],
    ['one after another', 1_000],
  ])('ends hundreds of grants %s without a look at each of them for each', (_, apartMs) => {
    const account = new AccountFixture();
    const [plan] = account.state.wallet.grants;
    if (plan === undefined) throw new Error('The account has no credits of its plan');
    let reads = 0;
    const grants = Array.from({ length: apiBounds.liveGrantsMax - 1 }, (_grant, index) => ({
      ...plan,
      id: `g-${String(index).padStart(3, '0')}`,
      source: 'promotional' as const,
      expiresAtMs: account.nowMs + 1_000 + index * apartMs,
      get amount() {
        reads += 1;
        return 5_000_000n;
      },
      get remaining() {
        reads += 1;
        return 5_000_000n;
      },
    }));
    const before = { ...account.state, wallet: { ...account.state.wallet, grants: [...grants, plan] } };
    const endMs = account.nowMs + 1_000_000;
    const { state, facts } = advance(before, compiled(), endMs, endMs);
    expect(reads).toBeLessThan(20 * grants.length);
    expect(state.wallet.grants).toEqual([plan]);
    const balances = grants.map(
      (_grant, index) => 5_000_000n * BigInt(grants.length - index - 1) + plan.remaining,
    );
    expect(facts.entries.map(({ balanceAfter }) => balanceAfter)).toEqual(balances);
    expect(facts.entries.map(({ legs }) => legs[0]?.grantId)).toEqual(grants.map(({ id }) => id));
  });

  it('C4: the credits of a plan come again with each cycle, and what was bought stays', () => {
    const account = new AccountFixture();
    account.grant('30', { id: 'bought' });
    account.use([{ tool: 'search', calls: 40 }]);
    account.moveTo('2026-09-15T00:00:00Z');
    expect(account.state.wallet.grants.map((grant) => [grant.source, formatAmount(grant.remaining)])).toEqual(
      [
        ['plan', '100'],
        ['purchase', '30'],
      ],
    );
  });

  it('keeps when an entry took effect apart from when it was written', () => {
    const account = new AccountFixture();
    account.moveTo('2026-07-20T00:00:00Z');
    const granted = account.ledger.at(-1);
    expect([granted?.effectiveAtMs, granted?.recordedAtMs]).toEqual([
      at('2026-07-01T00:00:00Z'),
      at('2026-07-20T00:00:00Z'),
    ]);
  });

  it('F13, L11: a change of zone takes effect when the next cycle begins, without gap or overlap', () => {
    const account = new AccountFixture({ timeZone: 'Europe/Berlin' }, { now: '2026-05-31T22:00:00.000Z' });
    expect(cycleOf(account)).toEqual(['2026-05-31T22:00:00.000Z', '2026-06-30T22:00:00.000Z']);
    account.decide((context) => decideChangeAccount(context, { timeZone: 'America/New_York' }));
    expect(cycleOf(account)).toEqual(['2026-05-31T22:00:00.000Z', '2026-06-30T22:00:00.000Z']);
    account.moveTo('2026-07-01T12:00:00.000Z');
    const [startsAt, endsAt] = cycleOf(account);
    expect(startsAt).toBe('2026-06-30T22:00:00.000Z');
    expect(account.state.profile).toMatchObject({ timeZone: 'America/New_York', nextTimeZone: null });
    account.moveTo('2026-08-20T12:00:00.000Z');
    expect(cycleOf(account)[0]).toBe(endsAt);
  });

  it.each([
    ['America/Los_Angeles', 'T08:00:00.000Z', 'T07:00:00.000Z'],
    ['Asia/Tokyo', 'T15:00:00.000Z', 'T15:00:00.000Z'],
    ['Europe/Berlin', 'T23:00:00.000Z', 'T22:00:00.000Z'],
  ])('F13, L11: cycles from the first of the month stay so in %s', (timeZone, inWinter, inSummer) => {
    const catalog = compiled({ ...smallCatalogConfig, anchor: 'first_of_month' });
    const account = new AccountFixture({}, { catalog, now: '2026-10-10T12:00:00.000Z' });
    account.decide((context) => decideChangeAccount(context, { timeZone }));
    expect(cycleOf(account)).toEqual(['2026-10-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z']);
    // The cycle that the move took effect with begins when it was promised, and ends by the new zone's clocks.
    account.moveTo('2026-11-15T12:00:00.000Z');
    const [startsAt, endsAt] = cycleOf(account);
    expect(startsAt).toBe('2026-11-01T00:00:00.000Z');
    expect(endsAt?.slice(10)).toBe(inWinter);
    for (const month of ['2026-12', '2027-02', '2027-03', '2027-07']) {
      account.moveTo(`${month}-15T12:00:00.000Z`);
      const local = new Date(cycleOf(account)[0] ?? '').toLocaleString('sv-SE', { timeZone });
      expect(local).toBe(`${month}-01 00:00:00`);
    }
    expect(cycleOf(account)[0]?.slice(10)).toBe(inSummer);
  });

  it('L11: an anniversary keeps its day and time in the new zone, and comes back to them from there', () => {
    const account = new AccountFixture({}, { now: '2026-01-31T23:30:00.000Z' });
    account.decide((context) => decideChangeAccount(context, { timeZone: 'Asia/Tokyo' }));
    account.moveTo('2026-04-15T12:00:00.000Z');
    expect(cycleOf(account)).toEqual(['2026-03-31T14:30:00.000Z', '2026-04-30T14:30:00.000Z']);
    account.decide((context) => decideChangeAccount(context, { timeZone: 'UTC' }));
    account.moveTo('2026-08-15T12:00:00.000Z');
    expect(cycleOf(account)).toEqual(['2026-07-31T23:30:00.000Z', '2026-08-31T23:30:00.000Z']);
  });

  it('L9: a month whose first midnight was skipped does not move every later one to 01:00', () => {
    const catalog = compiled({ ...smallCatalogConfig, anchor: 'first_of_month' });
    // Clocks in Asunción went from 00:00 to 01:00 on 1 October 2023.
    const account = new AccountFixture(
      { timeZone: 'America/Asuncion' },
      { catalog, now: '2023-10-10T12:00:00.000Z' },
    );
    expect(cycleOf(account)).toEqual(['2023-10-01T04:00:00.000Z', '2023-11-01T03:00:00.000Z']);
  });

  it('L63: an account that nobody looked at for years comes to the present, with the credits of its cycle only', () => {
    const account = new AccountFixture();
    account.moveTo('2041-03-10T00:00:00Z');
    expect(cycleOf(account)).toEqual(['2041-03-01T00:00:00.000Z', '2041-04-01T00:00:00.000Z']);
    expect(account.state.wallet.grants.map((grant) => formatAmount(grant.remaining))).toEqual(['100']);
  });
});
