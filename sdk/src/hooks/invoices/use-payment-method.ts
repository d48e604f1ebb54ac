'use client';
import type { PaymentMethodAnswer } from '@usagekit/server/contract';
import { readPaymentMethod } from '../../client/purchases/purchases.ts';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** The card or bank account that is charged, and whether the caller may replace it. */
export function usePaymentMethod(options: AccountOptions = {}): Resource<PaymentMethodAnswer> {
  return useResource({ ...options, name: 'paymentMethod', load });
}

const load = ({ client, session }: SessionStore) => readPaymentMethod(client, session.accountId);
