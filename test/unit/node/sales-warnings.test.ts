import { describe, expect, it } from 'vitest';
import { salesWarnings } from '../../../server/src/node/catalog/sales-warnings.ts';
import { plansCatalogConfig } from '../../support/plans-catalog.ts';

describe('what a server says at its start about a catalog that sells', () => {
  it('names plans whose payments nothing collects, and debts that pause nothing', () => {
    expect(salesWarnings(plansCatalogConfig)).toEqual([expect.stringContaining('nothing collects payments')]);
    expect(salesWarnings({ ...plansCatalogConfig, billing: {} })).toEqual([
      expect.stringContaining('Unpaid invoices pause nothing'),
    ]);
    const pauses = [{ when: 'retries_exhausted', pauses: 'everything' }] as never;
    expect(salesWarnings({ ...plansCatalogConfig, billing: {}, pauses })).toEqual([]);
    const free = plansCatalogConfig.plans.filter(({ kind }) => kind === 'free');
    expect(salesWarnings({ ...plansCatalogConfig, plans: free })).toEqual([]);
  });
});
