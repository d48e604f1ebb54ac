import { AmountError, chargeFor, divideHalfEven, formatAmount, parseAmount } from '@usagekit/server/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const millionths = fc.bigInt({ min: -1_000_000_000_000_000n, max: 1_000_000_000_000_000n });
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
    ['1000000000', 1_000_000_000_000_000n],
  ])('L1: reads %s', (text, amount) => {
    expect(parseAmount(text)).toBe(amount);
  });

  it.each(['', '1e3', '+1', '.5', '1.', '0.0000001', '1,5', ' 1', '1 ', 'NaN', '0x10', '1n', '--1', '١'])(
    'L1: refuses %j',
    (text) => {
      expect(() => parseAmount(text)).toThrow(AmountError);
    },
  );

  it.each(['1000000000.000001', '-1000000000.000001', '9999999999', '99999999999'])(
    'L5: refuses %s, which is beyond a thousand million units',
    (text) => {
      expect(() => parseAmount(text)).toThrow(AmountError);
    },
  );
});

describe('rounding', () => {
  it.each([
    [5n, 10n, 0n],
    [15n, 10n, 2n],
    [25n, 10n, 2n],
    [35n, 10n, 4n],
    [26n, 10n, 3n],
    [24n, 10n, 2n],
    [-15n, 10n, -2n],
    [-25n, 10n, -2n],
  ])('L3: %d divided by %d rounds half to even, to %d', (dividend, divisor, quotient) => {
    expect(divideHalfEven(dividend, divisor)).toBe(quotient);
  });

  it('L3: is never more than half a step away, and at half a step even', () => {
    fc.assert(
      fc.property(millionths, fc.bigInt({ min: 1n, max: 10n ** 12n }), (dividend, divisor) => {
        const quotient = divideHalfEven(dividend, divisor);
        const remainder = dividend - quotient * divisor;
        const doubled = 2n * (remainder < 0n ? -remainder : remainder);
        return doubled < divisor || (doubled === divisor && quotient % 2n === 0n);
      }),
    );
  });

  it('L3: a line of several rates is rounded once: it lies within half a millionth of the exact cost', () => {
    fc.assert(
      fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
        // In units so fine that nothing has to be rounded.
        const fine = 10n ** 12n;
        let exact = 0n;
        for (const { quantity, rate } of parts) exact += (quantity * rate.amount * 10n ** 6n) / rate.per;
        const difference = chargeFor(parts) * fine - exact;
        return 2n * (difference < 0n ? -difference : difference) <= fine;
      }),
    );
  });

  it('L3: three directions that round away one by one are charged together', () => {
    const third = { amount: 400n, per: 1_000n };
    const one = { quantity: 1_000_000n, rate: third };
    expect(chargeFor([one])).toBe(0n);
    expect(chargeFor([one, one, one])).toBe(1n);
  });

  it('L2: the same rate costs the same for 1, 1,000 and 1,000,000 units', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 12n }),
        fc.bigInt({ min: 0n, max: 1_000n }),
        (quantity, amount) => {
          const single = chargeFor([{ quantity, rate: { amount, per: 1n } }]);
          const thousand = chargeFor([{ quantity, rate: { amount: amount * 1_000n, per: 1_000n } }]);
          const million = chargeFor([{ quantity, rate: { amount: amount * 1_000_000n, per: 1_000_000n } }]);
          return single === thousand && thousand === million;
        },
      ),
    );
  });
});
