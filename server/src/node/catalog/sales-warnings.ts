import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import { accountPlaceholder } from '../../domain/invoices/invoice-number.ts';

/** What an operator should know about a catalog that sells: that nothing collects the money, that debts have no consequence, that numbers repeat, that invoices are nobody's. */
export function salesWarnings({ plans, billing, pauses = [] }: CatalogConfig): string[] {
  const sells = plans.some(({ kind, price }) => kind === 'paid' && price !== undefined);
  if (!sells) return [];
  if (billing === undefined)
    return [
      'The catalog has paid plans, but nothing collects payments: invoices are made and stay open. `billing: {}` lets the server charge them',
    ];
  const isNumberedOnce = billing.numberPrefix?.includes(accountPlaceholder) === true;
  const hasConsequence = pauses.some(({ when }) => when === 'past_due' || when === 'retries_exhausted');
  return [
    ...(hasConsequence
      ? []
      : [
          'Unpaid invoices pause nothing: the catalog has no `pauses` for past_due or retries_exhausted, so an account that never pays goes on',
        ]),
    ...(isNumberedOnce
      ? []
      : [
          'Each account counts its invoices from 1, so two accounts have invoices of the same number: `billing.numberPrefix: "INV-{account}-"` makes every number the only one',
        ]),
    ...(billing.seller === undefined
      ? [
          'Invoices do not say who sends them: `billing.seller: { name, addressLines, taxId }` names you on them',
        ]
      : []),
  ];
}
