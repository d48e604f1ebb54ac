import type { Charge, Invoice, Page, PageQuery, PayAnswer, UpcomingInvoice } from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';

// Separate from the client, so that pages that only show figures do not load the code that pays.

/** Invoices and credit notes, newest first. */
export function readInvoices(
  client: UsageKitClient,
  accountId: string,
  page: PageQuery = {},
): Promise<Page<Invoice>> {
  return client.request({ path: paths.invoices(accountId), query: page });
}

/** The upcoming invoice so far, its projected total, and the unpaid amount. */
export function readUpcomingInvoice(client: UsageKitClient, accountId: string): Promise<UpcomingInvoice> {
  return client.request({ path: paths.upcomingInvoice(accountId) });
}

/** An invoice as a PDF. @param language of its words (BCP 47), such as the page's; the browser's own by default */
export async function readInvoicePdf(
  client: UsageKitClient,
  accountId: string,
  invoiceId: string,
  language?: string,
): Promise<Blob> {
  const path = paths.invoicePdf(accountId, invoiceId);
  const accept = 'application/pdf, application/problem+json';
  const body = await client.open({ path, accept, query: { language } });
  return new Response(body, { headers: { 'Content-Type': 'application/pdf' } }).blob();
}

/**
 * Charges the amount due of an invoice now. It needs no idempotency key: a charge under way is the answer, and a paid invoice has
 * no amount due.
 *
 * @throws UsageKitError `payment_method_required`; a charge that fails is an answer, not an error
 */
export function payInvoice(client: UsageKitClient, accountId: string, invoiceId: string): Promise<PayAnswer> {
  return client.request({ method: 'POST', path: paths.payInvoice(accountId, invoiceId) });
}

/** Every invoice of an account, or every line of them, as CSV. */
export async function readInvoicesCsv(
  client: UsageKitClient,
  accountId: string,
  rows: 'invoices' | 'lines',
): Promise<Blob> {
  const path = paths.invoiceExport(accountId);
  const body = await client.open({ path, query: { rows }, accept: 'text/csv, application/problem+json' });
  return new Response(body, { headers: { 'Content-Type': 'text/csv;charset=utf-8' } }).blob();
}

/** Charges, newest first. */
export function readCharges(
  client: UsageKitClient,
  accountId: string,
  page: PageQuery = {},
): Promise<Page<Charge>> {
  return client.request({ path: paths.charges(accountId), query: page });
}
