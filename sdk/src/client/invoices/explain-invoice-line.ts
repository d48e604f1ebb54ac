import type { ExplainedInvoiceLine, PageQuery } from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';

// Apart from the other calls, so that a page loads it only when a line is explained.

/** How the amount of a line came about, and the uses that it bills, page by page. */
export function explainInvoiceLine(
  client: UsageKitClient,
  accountId: string,
  { invoiceId, lineId }: { readonly invoiceId: string; readonly lineId: string },
  page: PageQuery = {},
): Promise<ExplainedInvoiceLine> {
  return client.request({ path: paths.invoiceLine(accountId, invoiceId, lineId), query: page });
}
