'use client';
import type { Charge } from '@usagekit/server/contract';
import { readCharges } from '../../client/invoices/invoices.ts';
import { type PagedResource, usePages } from '../base/use-pages.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** Whose charges, and how many a page has. */
export interface ChargesOptions extends AccountOptions {
  /** Size of a page. */
  limit?: number | undefined;
}

/** Charges, newest first. */
export function useCharges({ limit, ...options }: ChargesOptions = {}): PagedResource<Charge> {
  return usePages({
    ...options,
    name: 'charges',
    parameters: { limit },
    loadPage: ({ client, session }, page) =>
      readCharges(client, session.accountId, { ...(limit !== undefined && { limit }), ...page }),
  });
}
