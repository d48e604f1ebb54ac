import { readFileSync } from 'node:fs';
import { formatAmount } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';

const contract = readFileSync(
  new URL('../../../../server/src/contract/invoices/invoices.ts', import.meta.url),
  'utf8',
);
/** The words before a field of the catalog's billing. */
const docOf = (field: string) =>
  contract.slice(contract.indexOf('interface BillingConfig')).split(`  ${field}?:`)[0]?.split('/**').at(-1) ??
  '';

describe('the defaults of billing', () => {
  it('are those that the contract tells', () => {
    const { billing } = compiled({ ...smallCatalogConfig, billing: {} });
    const { paymentTermDays, retryDays, maximumCharge, minimumCharge, withoutPaymentMethod } = billing;
    expect(docOf('paymentTermDays')).toContain(`; ${paymentTermDays} by default`);
    expect(docOf('retryDays')).toContain(
      `; ${retryDays.slice(0, -1).join(', ')} and ${retryDays.at(-1)} by default`,
    );
    expect(docOf('maximumCharge')).toContain(`\`${formatAmount(maximumCharge)}\` by default`);
    expect([docOf('minimumCharge'), minimumCharge]).toEqual([
      expect.stringContaining('nothing by default'),
      0n,
    ]);
    expect(docOf('withoutPaymentMethod')).toContain(`\`${withoutPaymentMethod}\` (the default)`);
  });
});
