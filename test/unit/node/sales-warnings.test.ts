import { describe, expect, it } from 'vitest';
import { salesWarnings } from '../../../server/src/node/catalog/sales-warnings.ts';
import { plansCatalogConfig } from '../../support/plans-catalog.ts';

describe('what a server says at its start about a catalog that sells', () => {
  it('names plans whose payments nothing collects, debts that pause nothing, numbers that repeat, and invoices of nobody', () => {
    expect(salesWarnings(plansCatalogConfig)).toEqual([expect.stringContaining('nothing collects payments')]);
    const seller = { name: 'Widgets GmbH' };
    const billing = { numberPrefix: 'INV-{account}-', seller };
    expect(salesWarnings({ ...plansCatalogConfig, billing })).toEqual([
      expect.stringContaining('Unpaid invoices pause nothing'),
    ]);
    const pauses = [{ when: 'retries_exhausted', pauses: 'everything' }] as never;
    expect(salesWarnings({ ...plansCatalogConfig, billing, pauses })).toEqual([]);
    expect(salesWarnings({ ...plansCatalogConfig, billing: { seller }, pauses })).toEqual([
      expect.stringContaining('invoices of the same number'),
    ]);
    const unnamed = { numberPrefix: billing.numberPrefix };
    expect(salesWarnings({ ...plansCatalogConfig, billing: unnamed, pauses })).toEqual([
      expect.stringContaining('do not say who sends them'),
    ]);
    const free = plansCatalogConfig.plans.filter(({ kind }) => kind === 'free');
    expect(salesWarnings({ ...plansCatalogConfig, plans: free })).toEqual([]);
  });
});
