import { describe, expect, it } from 'vitest';
import { modelUseNames, modelUses } from '../../../../server/src/contract/catalog/model-uses.ts';
import type { LineRates } from '../../../../server/src/contract/credits/explain.ts';
import { formatAmount, parseAmount } from '../../../../server/src/domain/amounts/amounts.ts';
import {
  ratesOfWords,
  wordsOfPiece,
  wordsOfRate,
  wordsOfRates,
  wordsWithFactors,
} from '../../../../server/src/domain/stored-words/stored-rates.ts';
import fc from '../../../support/fast-check.ts';

describe('the rates that lines keep in words', () => {
  it.each(modelUseNames)('F10: are read back for %s, for one and for many', (of) => {
    const { one, other } = modelUses[of];
    for (const per of [1n, 1_000n, 1_000_000n]) {
      const words = wordsOfRate({ amount: 2_500_000n, per }, one, other);
      expect(ratesOfWords(words), words).toEqual({
        rates: [{ amount: '2.5', per: Number(per), of, unit: null }],
      });
    }
  });

  it.each([
    ['110 a request', { rates: [{ amount: '110', per: 1, of: 'request', unit: null }] }],
    ['2 a call', { rates: [{ amount: '2', per: 1, of: 'call', unit: null }] }],
    ['0.5 per 1,000 calls', { rates: [{ amount: '0.5', per: 1_000, of: 'call', unit: null }] }],
    ['3 per GB', { rates: [{ amount: '3', per: 1, of: null, unit: 'GB' }] }],
    [
      '0.2 per 1,000 e-mails, sent',
      { rates: [{ amount: '0.2', per: 1_000, of: null, unit: 'e-mails, sent' }] },
    ],
    [
      '5 a request, 0.5 per 1,000 input tokens, 2 per 1,000 output tokens above 200,000 input tokens, times 2 for priority, times 1.2 on the plan',
      {
        rates: [
          { amount: '5', per: 1, of: 'request', unit: null },
          { amount: '0.5', per: 1_000, of: 'input', unit: null },
          { amount: '2', per: 1_000, of: 'output', unit: null },
        ],
        aboveInputTokens: 200_000,
        serviceTier: { id: 'priority', times: '2' },
        planTimes: '1.2',
      },
    ],
  ])('F10: %s', (words, rates) => {
    expect(ratesOfWords(words)).toEqual(rates);
  });

  it('F10: are nothing where they are of no such form', () => {
    expect(ratesOfWords('by quantity')).toBeUndefined();
    expect(ratesOfWords('')).toBeUndefined();
  });

  it('F10: are read back as they were written, whatever a price is made of', () => {
    const amount = fc.bigInt({ min: 1n, max: 10n ** 12n }).map(formatAmount);
    const factor = amount.filter((each) => each !== '1');
    const per = fc.constantFrom(1, 1_000, 1_000_000);
    const id = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,11}$/);
    const unit = fc.stringMatching(/^[A-Z][A-Za-z]{0,8}( [a-z]{1,8})?$/);
    const piece = (of: 'request' | 'call') =>
      fc.record({ amount, per: fc.constant(1), of: fc.constant(of), unit: fc.constant(null) });
    const used = fc.record({ amount, per, of: fc.constantFrom(...modelUseNames), unit: fc.constant(null) });
    const ofModel = fc.record(
      {
        rates: fc.tuple(piece('request'), fc.array(used)).map(([first, rest]) => [first, ...rest]),
        aboveInputTokens: fc.integer({ min: 1, max: 100_000_000 }),
        serviceTier: fc.record({ id, times: factor }),
        planTimes: factor,
      },
      { requiredKeys: ['rates'] },
    );
    const single = fc
      .oneof(piece('call'), fc.record({ amount, per, of: fc.constant(null), unit }))
      .map((rate) => ({ rates: [rate] }));
    fc.assert(
      fc.property(fc.oneof(ofModel, single), (rates) => {
        expect(ratesOfWords(written(rates))).toEqual(rates);
      }),
    );
  });
});

function written({ rates, aboveInputTokens, serviceTier, planTimes }: LineRates): string {
  const words = rates.map(({ amount, per, of, unit }) => {
    if (of === 'request' || of === 'call') return wordsOfPiece(parseAmount(amount), of);
    const { one, other } = of === null ? { one: unit ?? '', other: unit ?? '' } : modelUses[of];
    return wordsOfRate({ amount: parseAmount(amount), per: BigInt(per) }, one, other);
  });
  return wordsWithFactors(wordsOfRates(words, aboveInputTokens), {
    serviceTier: serviceTier?.id ?? 'standard',
    tierFactor: parseAmount(serviceTier?.times ?? '1'),
    modelFactor: parseAmount(planTimes ?? '1'),
  });
}
