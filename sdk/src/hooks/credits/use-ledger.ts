'use client';
import type { LedgerEntry } from '@usagekit/server/contract';
import { type PagedResource, usePages } from '../base/use-pages.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** Whose ledger, and how many entries a page has. */
export interface LedgerOptions extends AccountOptions {
  /** Size of a page. */
  limit?: number;
}

/** Every change of the account's credits, newest first. */
export function useLedger({ limit, ...options }: LedgerOptions = {}): PagedResource<LedgerEntry> {
  return usePages({
    ...options,
    name: 'ledger',
    parameters: { limit },
    loadPage: ({ client, session }, page) =>
      client.ledger(session.accountId, { ...(limit !== undefined && { limit }), ...page }),
    takeIn: (list, { moved: { ledger }, asOf }, { joinPages }) =>
      ledger && { ...joinPages({ ...list, items: ledger }, list), asOf },
  });
}
