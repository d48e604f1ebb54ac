import { describe, expect, it } from 'vitest';
import { fromMillionths } from '../../../sdk/src/derive/decimal.ts';
import { columnDecimals } from '../../../sdk/src/format/column-decimals.ts';
import { createFormat } from '../../../sdk/src/format/create-format.ts';
import { exactColumnDecimals } from '../../../sdk/src/format/exact-column-decimals.ts';
import { formatDuration } from '../../../sdk/src/format/format-duration.ts';
import { formatPeriod } from '../../../sdk/src/format/format-period.ts';
import { isRightToLeft } from '../../../sdk/src/format/is-right-to-left.ts';
import { parseAmount, typedAmount } from '../../../sdk/src/format/parse-amount.ts';
import { writePrice } from '../../../sdk/src/format/write-price.ts';
import fc from '../../support/fast-check.ts';

const en = createFormat({ locale: 'en', timeZone: 'UTC' });
const asOf = '2026-11-22T13:05:00.000Z';

describe('figures', () => {
  it.each([
    ['0', '0'],
    ['0.000125', '0.000125'],
    ['12.604125', '12.6'],
    ['999.999999', '999.99'],
    ['9999.999', '9,999.99'],
    ['412000.9', '412,000'],
    ['18482113', '18.48M'],
    ['-84.25', '−84.25'],
  ])('writes %s short as %s, cut and never rounded up', (value, text) => {
    expect(en.short(value).text).toBe(text);
  });

  it.each([
    [350, '350'],
    [1_050, '1.05K'],
    [1_400, '1.4K'],
    [2_250_000, '2.25M'],
  ])('writes the step %d of an axis as %s', (value, text) => {
    expect(en.axis(value)).toBe(text);
  });

  it('keeps every digit in the exact figure', () => {
    expect(en.short('1234567890.123456').exact).toBe('1,234,567,890.123456');
  });

  it('never shows more than there is', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 13n }), (millionths) => {
        const shown = en.short(fromMillionths(millionths)).text.replaceAll(',', '');
        const factor = shown.endsWith('B') ? 1e9 : shown.endsWith('M') ? 1e6 : 1;
        return Number.parseFloat(shown) * factor <= Number(millionths) / 1e6 + 1e-9;
      }),
    );
  });

  it.each([
    [79.9, '79.9%'],
    [99.96, '99.9%'],
    [100, '100%'],
    [132.5, '132.5%'],
    [1.1 + 2.2, '3.3%'],
    [0, '0%'],
    [0.02, '<1%'],
    [0.99, '<1%'],
    [1, '1%'],
  ])('writes %d as %s', (percent, text) => {
    expect(en.percent(percent)).toBe(text);
  });

  it('writes units in the number that the language asks for', () => {
    expect(en.amount('1', 'credits').text).toBe('1 credit');
    expect(en.amount('1.5', 'credits').text).toBe('1.5 credits');
    const french = createFormat({ locale: 'fr', creditLabel: { one: 'jeton', other: 'jetons' } });
    expect(french.amount('1.5', 'credits').text).toBe('1,5 jeton');
  });

  it("takes a metric's own word for a unit, and three capitals for a currency", () => {
    expect(en.amount('12', 'emails').text).toBe('12 emails');
    expect(en.amount('12', 'EUR').text).toBe('€12.00');
  });

  it('writes money with the digits of its currency, and more where it would read as nothing', () => {
    expect(en.money({ amount: '40', currency: 'USD' })).toBe('$40.00');
    expect(en.money({ amount: '40', currency: 'JPY' })).toBe('¥40');
    expect(en.money({ amount: '0.000125', currency: 'USD' })).toBe('$0.000125');
  });

  it.each([
    ['4.996', 'USD', '$4.99', '$4.996'],
    ['999.6', 'JPY', '¥999', '¥999.6'],
    ['0.4', 'JPY', '¥0.4', '¥0.4'],
    ['0.0049', 'USD', '$0.0049', '$0.0049'],
    ['12.4', 'USD', '$12.40', '$12.40'],
  ])(
    'writes %s %s as %s, never more than is left, and exactly in the title',
    (amount, currency, text, exact) => {
      expect(en.amount(amount, currency)).toEqual({ text, exact });
    },
  );

  it('signs what was added and what was taken', () => {
    expect(en.signed('1100').text).toBe('+1,100');
    expect(en.signed('-12.5').text).toBe('−12.5');
  });
});

it.each([
  ['ar', true],
  ['ar-EG', true],
  ['he-IL', true],
  ['fa', true],
  ['ur-PK', true],
  ['pa-Arab', true],
  ['pa', false],
  ['az', false],
  ['ar-Latn', false],
  ['en-US', false],
  ['ja', false],
])('knows of %s whether its text runs from the right', (locale, is) => {
  expect(isRightToLeft(locale)).toBe(is);
});

describe('what is typed', () => {
  it.each([
    ['de-DE', '1.000', '1000'],
    ['de-DE', '12,5', '12.5'],
    ['de-DE', '1.234.567,25', '1234567.25'],
    ['de-DE', '1000', '1000'],
    ['de-CH', '1’000.5', '1000.5'],
    ['de-CH', "1'000", '1000'],
    ['en', '1,000', '1000'],
    ['en', '12.50', '12.5'],
    ['en', ' 007 ', '7'],
    ['en-IN', '1,00,000', '100000'],
    ['fr-FR', '1 000,5', '1000.5'],
    ['ar-EG', '١٬٠٠٠', '1000'],
    ['ar-EG', '١٢٫٥', '12.5'],
    ['hi-IN', '12.5', '12.5'],
    ['ja-JP', '1,000', '1000'],
  ])('in %s, %s is %s', (locale, text, value) => {
    expect(parseAmount(text, locale)).toBe(value);
  });

  it.each([
    ['de-DE', '1.5'],
    ['de-DE', '1.00'],
    ['en', '1,5'],
    ['en', '10,00'],
    ['en', '1,000,00'],
    ['en', '1.2.3'],
    ['en', '1.'],
    ['en', '-1'],
    ['en', '1e3'],
    ['en', ''],
    ['en', '0.1234567'],
    ['fr-FR', '1 00'],
  ])('in %s, %j is asked for again', (locale, text) => {
    expect(parseAmount(text, locale)).toBeUndefined();
  });

  it('reads back, in every locale, what a field or a text was given', () => {
    const locales = [
      'en',
      'en-IN',
      'de-DE',
      'de-CH',
      'fr-FR',
      'es-ES',
      'pl-PL',
      'ar-EG',
      'fa-IR',
      'hi-IN',
      'ja-JP',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...locales),
        fc.bigInt({ min: 0n, max: 10n ** 17n }),
        (locale, millionths) => {
          const value = fromMillionths(millionths);
          const format = createFormat({ locale });
          return (
            parseAmount(typedAmount(value, locale), locale) === value &&
            parseAmount(format.number(value), locale) === value
          );
        },
      ),
    );
  });
});

describe('dates', () => {
  it('counts days in midnights of the zone, from the answer', () => {
    const nearMidnight = '2026-11-22T23:30:00.000Z';
    expect(en.relativeDay('2026-11-23T00:10:00.000Z', nearMidnight)).toBe('tomorrow');
    const berlin = en.inZone('Europe/Berlin');
    expect(berlin.relativeDay('2026-11-23T00:10:00.000Z', nearMidnight)).toBe('today');
  });

  it('counts a day of 23 hours as one', () => {
    const berlin = en.inZone('Europe/Berlin');
    expect(berlin.relativeDay('2026-03-29T22:00:00.000Z', '2026-03-28T23:00:00.000Z')).toBe('tomorrow');
  });

  it('shows the last day of a half-open period', () => {
    expect(formatPeriod('2026-11-01T00:00:00.000Z', '2026-12-01T00:00:00.000Z', en)).toBe(
      'Nov 1 – Nov 30, 2026',
    );
  });

  it('names the year only where it is another', () => {
    expect(en.date('2026-12-01T00:00:00.000Z', asOf)).toBe('December 1');
    expect(en.date('2027-06-30T00:00:00.000Z', asOf)).toBe('June 30, 2027');
    expect(en.dateTime('2026-12-01T00:00:00.000Z', asOf)).toBe('Dec 1, 12:00 AM');
    expect(en.dateTime('2027-06-30T00:00:00.000Z', asOf)).toBe('Jun 30, 2027, 12:00 AM');
  });

  it.each([
    [840, '0.8s'],
    [29_200, '29s'],
    [72_000, '1m 12s'],
    [7_500_000, '2h 5m'],
    [183_600_000, '2d 3h'],
  ])('writes %d ms as %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds, en)).toBe(text);
  });

  it('writes the hours of a duration as its minutes, in the words of the language', () => {
    expect(formatDuration(7_260_000, { locale: 'de-DE' })).toBe('2 Std. 1 Min.');
    expect(formatDuration(7_260_000, { locale: 'ja-JP' })).toBe('2 時間 1 分');
  });

  it.each(['de-DE', 'ar-EG', 'hi-IN', 'ja-JP'])(
    'writes everything in %s alike on every machine',
    (locale) => {
      const format = createFormat({ locale, timeZone: 'Asia/Kolkata' });
      const written = [format.short('48273.5').text, format.dateTime(asOf), format.percent(79.9)];
      expect(written).toEqual([
        new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(48273),
        new Intl.DateTimeFormat(locale, {
          timeZone: 'Asia/Kolkata',
          day: 'numeric',
          month: 'short',
          hour: 'numeric',
          minute: '2-digit',
        }).format(new Date(asOf)),
        new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(0.799),
      ]);
    },
  );
});

describe('a column of amounts', () => {
  const written = (locale: string, amounts: string[], unit: Parameters<typeof en.figure>[1] = 'credits') => {
    const format = createFormat({ locale });
    const decimals = columnDecimals(amounts);
    return amounts.map((amount) =>
      format
        .figure(amount, unit, decimals)
        .text.replaceAll(/[\u00a0\u200e\u200f\u061c]/g, ' ')
        .trim(),
    );
  };

  it.each([
    ['en', ['3937.156', '250', '0.5'], ['3,937.15', '250.00', '0.50']],
    ['de-DE', ['3937.156', '250'], ['3.937,15', '250,00']],
    ['ar-EG', ['-36.35', '-86'], ['−٣٦٫٣٥', '−٨٦٫٠٠']],
    ['hi-IN', ['123456.5', '86.1'], ['1,23,456.5', '86.1']],
    // Nothing has decimals, and so nothing gets any.
    ['en', ['250', '86', '12000'], ['250', '86', '12,000']],
    // A large one is shown whole by itself, and in company as the others are.
    ['en', ['12345.67', '852.24'], ['12,345.67', '852.24']],
    ['en', ['1076923', '280334', '2000000'], ['1.07M', '280,334', '2M']],
    // One that two decimals would show nothing of has more, and asks none of the others.
    ['en', ['0.0034', '1.2', '86'], ['0.0034', '1.2', '86.0']],
  ])('F10: in %s shares the most decimals that one of %j shows', (locale, amounts, texts) => {
    expect(written(locale, amounts)).toEqual(texts);
  });

  it.each([
    ['en', 'USD', ['149', '149.5'], ['$149.00', '$149.50']],
    ['en', 'USD', ['0.0034', '5'], ['$0.0034', '$5.00']],
    ['ja-JP', 'JPY', ['149', '3000'], ['￥149', '￥3,000']],
  ])('F10: in %s and %s shares those of the money', (locale, unit, amounts, texts) => {
    expect(written(locale, amounts, unit)).toEqual(texts);
  });

  it('shares every digit where the column is exact', () => {
    const amounts = ['0.0342', '12.5'];
    const decimals = exactColumnDecimals(amounts);
    expect(amounts.map((amount) => en.figure(amount, 'credits', decimals).exact)).toEqual([
      '0.0342',
      '12.5000',
    ]);
  });

  it('keeps a title for an amount alone that has more digits than it shows', () => {
    const decimals = columnDecimals(['12.604125', '86']);
    expect([en.figure('12.604125', 'credits', decimals), en.figure('2', 'credits', decimals)]).toEqual([
      { text: '12.6', exact: '12.604125' },
      { text: '2.0', exact: '2.0' },
    ]);
  });

  it('F10: has cents in every price where one price has some', () => {
    const prices = ['149', '149.5'].map((amount) => ({ amount, currency: 'USD' }));
    expect(prices.map((price) => writePrice(price, en, prices))).toEqual(['$149.00', '$149.50']);
    expect(prices.slice(0, 1).map((price) => writePrice(price, en))).toEqual(['$149']);
  });
});
