import {
  AmountError,
  divideHalfEven,
  exactCharge,
  formatAmount,
  parseAmount,
  partsPerMicro,
  roundCharge,
  roundUp,
} from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { currencyDigits } from '../../../../server/src/domain/amounts/currency.ts';
import fc from '../../../support/fast-check.ts';

const millionths = fc.bigInt({ min: -1_000_000_000_000_000_000n, max: 1_000_000_000_000_000_000n });
const rate = fc.record({
  amount: fc.bigInt({ min: 0n, max: 10_000_000_000n }),
  per: fc.constantFrom(1n, 1_000n, 1_000_000n),
});
const part = fc.record({ quantity: fc.bigInt({ min: 0n, max: 10n ** 15n }), rate });

describe('amounts', () => {
  it('L1: every amount comes back from its text', () => {
    fc.assert(fc.property(millionths, (amount) => parseAmount(formatAmount(amount)) === amount));
  });

  it('L1: the text of an amount is the shortest', () => {
    fc.assert(
      fc.property(millionths, (amount) => /^(0|-?(0|[1-9]\d*)(\.\d{0,5}[1-9])?)$/.test(formatAmount(amount))),
    );
  });

  it.each([
    ['0', 0n],
    ['-0', 0n],
    ['12.5', 12_500_000n],
    ['0.000001', 1n],
    ['-3', -3_000_000n],
    ['1000000000000', 1_000_000_000_000_000_000n],
  ])('L1: reads %s', (text, amount) => {
    expect(parseAmount(text)).toBe(amount);
  });

  it.each(['', '1e3', '+1', '.5', '1.', '0.0000001', '1,5', ' 1', '1 ', 'NaN', '0x10', '1n', '--1', '١'])(
    'L1: refuses %j',
    (text) => {
      expect(() => parseAmount(text)).toThrow(AmountError);
    },
  );

  it.each(['1000000000000.000001', '-1000000000000.000001', '9999999999999', '99999999999999'])(
    'L5: refuses %s, which is beyond what a counter can hold',
    (text) => {
      expect(() => parseAmount(text)).toThrow(AmountError);
    },
  );
});

describe('rounding', () => {
  // Backfill and what a page shows are rounded so; charges are not.
  it.each([
    [5n, 10n, 0n],
    [15n, 10n, 2n],
    [25n, 10n, 2n],
    [35n, 10n, 4n],
    [26n, 10n, 3n],
    [24n, 10n, 2n],
    [-15n, 10n, -2n],
    [-25n, 10n, -2n],
  ])('L362: %d divided by %d rounds half to even, to %d', (dividend, divisor, quotient) => {
    expect(divideHalfEven(dividend, divisor)).toBe(quotient);
  });

  it('L362: is never more than half a step away, and at half a step even', () => {
    fc.assert(
      fc.property(millionths, fc.bigInt({ min: 1n, max: 10n ** 12n }), (dividend, divisor) => {
        const quotient = divideHalfEven(dividend, divisor);
        const remainder = dividend - quotient * divisor;
        const doubled = 2n * (remainder < 0n ? -remainder : remainder);
        return doubled < divisor || (doubled === divisor && quotient % 2n === 0n);
      }),
    );
  });

  it('L3: what quantities cost at their rates is exact', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        let exact = 0n;
        for (const { quantity, rate } of parts) exact += (quantity * rate.amount * 10n ** 18n) / rate.per;
        expect(exactCharge(parts)).toBe(exact);
      }),
    );
  });

  it('L3: three directions that cost less than a millionth each are charged together', () => {
    const third = { amount: 400n, per: 1_000n };
    const one = { quantity: 1_000_000n, rate: third };
    expect(roundCharge(exactCharge([one]), 0n).amount).toBe(0n);
    expect(roundCharge(exactCharge([one, one, one]), 0n).amount).toBe(1n);
  });

  it('L3: charges one after another come to the whole millionths of their exact sum', () => {
    const exact = fc.bigInt({ min: 0n, max: 5n * partsPerMicro });
    fc.assert(
      fc.property(fc.array(exact), (charges) => {
        let [carry, charged, sum] = [0n, 0n, 0n];
        for (const each of charges) {
          const { amount, rest = 0n } = roundCharge(each, carry);
          charged += amount;
          carry += rest;
          sum += each;
          expect([charged, carry]).toEqual([sum / partsPerMicro, sum % partsPerMicro]);
        }
      }),
    );
  });

  it('L361: what is set aside is never less than what is charged for it, whatever is carried', () => {
    const parts = fc.bigInt({ min: 0n, max: 5n * partsPerMicro });
    fc.assert(
      fc.property(parts, fc.bigInt({ min: 0n, max: partsPerMicro - 1n }), (exact, carry) => {
        expect(roundCharge(exact, carry).amount <= roundUp(exact)).toBe(true);
      }),
    );
  });

  it('L2: the same rate costs the same for 1, 1,000 and 1,000,000 units', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: 1_000n }),
        (quantity, amount) => {
          const single = exactCharge([{ quantity, rate: { amount, per: 1n } }]);
          const thousand = exactCharge([{ quantity, rate: { amount: amount * 1_000n, per: 1_000n } }]);
          const million = exactCharge([{ quantity, rate: { amount: amount * 1_000_000n, per: 1_000_000n } }]);
          return single === thousand && thousand === million;
        },
      ),
    );
  });
});

it.each([
  'AUD',
  'BRL',
  'CAD',
  'CHF',
  'CNY',
  'DKK',
  'EUR',
  'GBP',
  'INR',
  'JPY',
  'KRW',
  'MXN',
  'NOK',
  'NZD',
  'PLN',
  'SEK',
  'USD',
  'BHD',
  'CLP',
  'ISK',
  'KWD',
])('%s has as many digits as the platform says', (currency) => {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions();
  expect(currencyDigits(currency)).toBe(maximumFractionDigits);
});
