'use client';
import type { ExplainedInvoiceLine } from '@usagekit/server/contract';
import { explainInvoiceLine } from '../../client/explain-invoice-line.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

export interface InvoiceLineOptions extends AccountOptions {
  /** Uses that are read; 50 by default. */
  limit?: number | undefined;
}

/** How the amount of an invoice's line came about, with the first uses that it bills. */
export function useInvoiceLine(
  invoiceId: string,
  lineId: string,
  { limit = 50, ...options }: InvoiceLineOptions = {},
): Resource<ExplainedInvoiceLine> {
  return useResource({
    ...options,
    name: 'invoices',
    parameters: { explain: invoiceId, lineId, limit },
    load: ({ client, session }) =>
      explainInvoiceLine(client, session.accountId, { invoiceId, lineId }, { limit }),
  });
}
