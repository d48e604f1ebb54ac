import type { CatalogConfig } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { type ExportedUse, itemsOf } from '../../../server/src/node/trials/recorded-use.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

/** A use of a model as the export tells it. */
function useOf(line: Partial<ExportedUse['lines'][number]>): ExportedUse {
  return {
    id: 'u1',
    eventId: null,
    at: '2026-05-01T00:00:00.000Z',
    counts: [],
    lines: [{ kind: 'llm', ref: 'meter-1', quantity: '3000', unit: 'tokens', amount: '7', ...line }],
    backfill: false,
  };
}

const itemsIn = (line: Partial<ExportedUse['lines'][number]>, tried: CatalogConfig = smallCatalogConfig) =>
  itemsOf(useOf(line), { present: smallCatalogConfig, tried });

describe('F18: the request behind a recorded use', () => {
  it('is the stated one, where the record keeps it', () => {
    const stated = { inputTokens: 2_000, cachedTokens: 500, outputTokens: 500, serviceTier: 'batch' };
    expect(itemsIn({ stated })).toEqual({ items: [{ model: 'meter-1', ...stated }], isEstimated: false });
  });

  it('follows from the sum of its tokens and their cost in older history, where the two leave one way', () => {
    // 1,000 at 1 and 2,000 at 3.
    expect(itemsIn({})).toEqual({
      items: [{ model: 'meter-1', inputTokens: 1_000, outputTokens: 2_000 }],
      isEstimated: false,
    });
  });

  it('is called an estimate in older history, where no way has that cost', () => {
    expect(itemsIn({ amount: '0.4' }).isEstimated).toBe(true);
  });

  it('is called an estimate where older history has a request and the tried catalog prices its tokens', () => {
    const flat = { ref: 'swift-1', quantity: '1', unit: 'requests', amount: '1' };
    expect(itemsIn(flat).isEstimated).toBe(false);
    const models = smallCatalogConfig.models?.map((model) =>
      model.id === 'swift-1'
        ? { ...model, prices: [{ input: { amount: '1', per: 1_000 as const } }] }
        : model,
    );
    expect(itemsIn(flat, { ...smallCatalogConfig, ...(models && { models }) }).isEstimated).toBe(true);
  });
});
