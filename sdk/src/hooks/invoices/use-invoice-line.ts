'use client';
import type { ExplainedInvoiceLine } from '@usagekit/server/contract';
import { withVersionOf } from '../../client/answer-version.ts';
import { explainInvoiceLine } from '../../client/invoices/explain-invoice-line.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

export interface InvoiceLineOptions extends AccountOptions {
  /** Uses that are read at least, where the line bills so many; 50 by default. */
  limit?: number | undefined;
}

/** The server looks through this many uses at a time. The line may bill few of them. */
const pageSize = 500;
/** Requests for each 50 uses: a line that bills few of very many is not searched to the end at once. */
const requestsPerFifty = 20;

/** How the amount of an invoice's line came about, with the first uses that it bills; `uses.nextCursor` is null once these are all. */
export function useInvoiceLine(
  invoiceId: string,
  lineId: string,
  { limit = 50, ...options }: InvoiceLineOptions = {},
): Resource<ExplainedInvoiceLine> {
  return useResource({
    ...options,
    name: 'invoices',
    parameters: { explain: invoiceId, lineId, limit },
    async load({ client, session }) {
      const read = (cursor?: string) =>
        explainInvoiceLine(
          client,
          session.accountId,
          { invoiceId, lineId },
          { limit: pageSize, ...(cursor !== undefined && { cursor }) },
        );
      const first = await read();
      const requestsMax = Math.ceil(limit / 50) * requestsPerFifty;
      let { uses, isComplete } = first;
      for (let requests = 1; requests < requestsMax; requests += 1) {
        if (uses.nextCursor === null || uses.items.length >= limit) break;
        const next = await read(uses.nextCursor);
        isComplete &&= next.isComplete;
        uses = { ...next.uses, items: [...uses.items, ...next.uses.items] };
      }
      return withVersionOf({ ...first, uses, isComplete }, first);
    },
  });
}
