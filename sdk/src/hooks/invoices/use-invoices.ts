'use client';
import type { Invoice } from '@usagekit/server/contract';
import { readInvoices } from '../../client/invoices/invoices.ts';
import { type PagedResource, usePages } from '../base/use-pages.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** Whose invoices, and how many a page has. */
export interface InvoicesOptions extends AccountOptions {
  /** Size of a page. */
  limit?: number | undefined;
}

/** Invoices and credit notes, newest first. */
export function useInvoices({ limit, ...options }: InvoicesOptions = {}): PagedResource<Invoice> {
  return usePages({
    ...options,
    name: 'invoices',
    parameters: { limit },
    loadPage: ({ client, session }, page) =>
      readInvoices(client, session.accountId, { ...(limit !== undefined && { limit }), ...page }),
  });
}
