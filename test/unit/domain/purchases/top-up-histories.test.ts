import {
  availableOf,
  decideAutoTopUp,
  decidePaymentMethod,
  decidePaymentResult,
  decideUse,
  formatAmount,
  type PurchaseRecord,
  withTopUp,
} from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import fc from '../../../support/fast-check.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';
import { step } from './top-up-steps.ts';

const minuteMs = 60_000;

const cap = fc.constantFrom(null, 1, 2);
const threshold = fc.constantFrom(0n, 20_000_000n, 450_000_000n, 500_000_000n);

it('C8, L68, L69, L237: a top-up is ordered exactly when one is due, and invoiced with its tax exactly when it is paid', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 40, size: 'max' }),
      cap,
      threshold,
      (steps, chargesPerCycleMax, below) => {
        const taxes = [{ label: 'VAT', percent: '19' }];
        const account = new AccountFixture(
          {},
          { catalog: compiled({ ...smallCatalogConfig, billing: { taxes } }) },
        );
        const method = { id: 'pm', kind: 'card', brand: 'Visa', lastFour: '4242', confirmed: true } as const;
        account.decide((context) => decidePaymentMethod(context, method, null));
        const settings = { enabled: true, threshold: below, packId: 'small', chargesPerCycleMax };
        account.decide((context) => decideAutoTopUp(context, settings, null));

        // The rule told plainly: what is under way, what succeeded this cycle, and until when to wait.
        let underWay: PurchaseRecord | null = null;
        let succeeded = 0;
        let invoiced = 0;
        let failures = 0;
        let waitUntilMs = 0;
        let answered = false;
        const balance = () => availableOf(account.state.wallet, 'credits');
        const look = () => {
          if (balance() >= below) answered = false;
        };
        let cycle = account.state.usage.index;
        for (const next of steps) {
          if (next.type === 'wait') account.nowMs += next.minutes * minuteMs;
          account.settleDue();
          if (account.state.usage.index !== cycle) succeeded = 0;
          cycle = account.state.usage.index;
          look();
          if (next.type === 'answer' && underWay !== null) {
            const purchase: PurchaseRecord = underWay;
            const message = 'Declined';
            const result =
              next.outcome === 'succeeded'
                ? ({ outcome: 'succeeded' } as const)
                : next.outcome === 'failed'
                  ? ({ outcome: 'failed', message } as const)
                  : ({ outcome: 'needs_action', actionUrl: 'https://bank.example' } as const);
            const before = availableOf(account.state.wallet, 'credits');
            const ended = account.decide((context) =>
              withTopUp(context, decidePaymentResult(context, purchase, result)),
            );
            const gained = availableOf(account.state.wallet, 'credits') - before;
            expect(ended.status).toBe(next.outcome === 'succeeded' ? 'succeeded' : 'failed');
            expect(formatAmount(gained)).toBe(next.outcome === 'succeeded' ? '500' : '0');
            expect(
              [...account.invoices.values()].map(({ number, total }) => [number, formatAmount(total)]),
            ).toEqual(
              Array.from({ length: invoiced + (next.outcome === 'succeeded' ? 1 : 0) }, (_, index) => [
                `INV-${index + 1}`,
                '5.95',
              ]),
            );
            // The same answer may come twice.
            const { state } = account;
            account.decide((context) => withTopUp(context, decidePaymentResult(context, ended, result)));
            expect(account.state).toBe(state);
            underWay = null;
            if (next.outcome === 'succeeded') {
              succeeded += 1;
              invoiced += 1;
              failures = 0;
              waitUntilMs = 0;
              answered = balance() < below;
            } else {
              waitUntilMs = account.nowMs + Math.min(15 * 2 ** failures, 1_440) * minuteMs;
              failures += 1;
            }
          }
          if (next.type !== 'use') continue;
          const orders: PurchaseRecord[] = [];
          account.decide((context) => {
            const items = [{ tool: 'search', calls: next.calls }];
            const decision = withTopUp(context, decideUse(context, { items, dimensions: {} }));
            orders.push(...decision.facts.purchases);
            return decision;
          });
          const isDue =
            underWay === null &&
            !answered &&
            balance() < below &&
            account.nowMs >= waitUntilMs &&
            (chargesPerCycleMax === null || succeeded < chargesPerCycleMax);
          expect(orders).toHaveLength(isDue ? 1 : 0);
          expect(formatAmount(account.state.topUp.creditsThisCycle)).toBe(String(500 * succeeded));
          underWay = orders[0] ?? underWay;
        }
      },
    ),
    { numRuns: 100 },
  );
});
