import { decideChangeAccount, decideHold, decideRelease, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
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

  it('C4: the credits of a plan come anew with each cycle, and what was bought stays', () => {
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

  it('L63: an account that nobody looked at for years comes to the present, with the credits of its cycle only', () => {
    const account = new AccountFixture();
    account.moveTo('2041-03-10T00:00:00Z');
    expect(cycleOf(account)).toEqual(['2041-03-01T00:00:00.000Z', '2041-04-01T00:00:00.000Z']);
    expect(account.state.wallet.grants.map((grant) => formatAmount(grant.remaining))).toEqual(['100']);
  });
});
