import { describe, expect, it } from 'vitest';
import { modelUseNames, modelUses } from '../../../../server/src/contract/catalog/model-uses.ts';
import { formatRate } from '../../../../server/src/domain/catalog/rates.ts';
import { ratesOfWords } from '../../../../server/src/domain/words/stored-rates.ts';

describe('the rates that lines keep in words', () => {
  it.each(modelUseNames)('F10: are read back for %s, for one and for many', (of) => {
    const { one, other } = modelUses[of];
    for (const per of [1n, 1_000n, 1_000_000n]) {
      const words = formatRate({ amount: 2_500_000n, per }, one, other);
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
});
