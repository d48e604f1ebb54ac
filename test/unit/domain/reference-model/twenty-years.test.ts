import { decideChangePlan, formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { paidPlan, plansCatalog, usd } from '../../../support/plans-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';
import { differencesOf, subscriptions } from './twenty-years.ts';

describe('invoices over twenty years', () => {
  it('B14, D1, D7, L200, L202, L204, L212, L230, L231, L232: are fees, proration and overage as a bookkeeper sums them, each unit on one line', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(subscriptions, (subscription) => {
        expect(differencesOf(subscription)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a period', () => {
  it.each([
    ['28 days', '2027-02-01T00:00:00Z', 'UTC', '2027-02-15T00:00:00Z', '14 of 28'],
    ['29 days', '2028-02-01T00:00:00Z', 'UTC', '2028-02-15T00:00:00Z', '15 of 29'],
    ['30 days', '2026-06-01T00:00:00Z', 'UTC', '2026-06-16T00:00:00Z', '15 of 30'],
    ['31 days', '2026-01-01T00:00:00Z', 'UTC', '2026-01-15T00:00:00Z', '17 of 31'],
    // The clocks go forward on 29 March 2026 in Berlin: the day has 23 hours and is one day.
    [
      '31 days with one of 23 hours',
      '2026-02-28T23:00:00Z',
      'Europe/Berlin',
      '2026-03-28T23:00:00Z',
      '3 of 31',
    ],
    [
      '31 days, at the end of that day',
      '2026-02-28T23:00:00Z',
      'Europe/Berlin',
      '2026-03-29T22:00:00Z',
      '2 of 31',
    ],
    // It begins in the hour that comes twice on 1 November 2026 in New York, and the first of both counts.
    [
      '30 days from an hour that comes twice',
      '2026-11-01T05:30:00Z',
      'America/New_York',
      '2026-11-16T06:30:00Z',
      '15 of 30',
    ],
  ])(
    'D7, L107: of %s is parted by the days of its own zone, and an upgrade and the way back net out',
    (_name, now, timeZone, changedAt, share) => {
      const catalog = plansCatalog({
        plans: ['small', 'large'].map((id, index) =>
          paidPlan(id, index + 1, { price: { month: usd(index === 0 ? '31.07' : '84.99') } }),
        ),
      });
      const account = new AccountFixture({ planId: 'small', timeZone }, { catalog, now });
      account.nowMs = Date.parse(changedAt);
      for (const planId of ['large', 'small'])
        account.decide((context) => decideChangePlan(context, { planId, memberId: null, atOnce: true }));
      const parts = account.lines.filter(({ kind }) => kind.startsWith('proration'));
      expect(parts.map(({ share: part }) => `${part?.part} of ${part?.of}`)).toEqual([
        share,
        share,
        share,
        share,
      ]);
      expect(formatAmount(parts.reduce((sum, { amount }) => sum + amount, 0n))).toBe('0');
    },
  );
});
