'use client';
import type { UpcomingInvoice } from '@usagekit/server/contract';
import { readUpcomingInvoice } from '../../client/invoices/invoices.ts';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** The upcoming invoice so far, its projected total, and the unpaid amount. */
export function useUpcomingInvoice(options: AccountOptions = {}): Resource<UpcomingInvoice> {
  return useResource({ ...options, name: 'upcomingInvoice', load });
}

const load = ({ client, session }: SessionStore) => readUpcomingInvoice(client, session.accountId);
