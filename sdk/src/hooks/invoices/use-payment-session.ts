'use client';
import { useCallback, useMemo, useState } from 'react';
import { startPaymentSession } from '../../client/purchases/purchases.ts';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { type AccountOptions, useSessionStore } from '../base/use-session-store.ts';

/** Whose payment method, and where the page leads back to. */
export interface PaymentSessionOptions extends AccountOptions {
  /**
   * Where the person comes back to.
   * @default the page's own address
   */
  returnUrl?: string | undefined;
  /**
   * Opens the payment provider's page.
   * @default leaves for it in this tab
   */
  onOpen?: ((url: string) => void) | undefined;
}

/** The way to the page of the payment provider. */
export interface PaymentSessionFlow {
  /** Whether the page is being opened. */
  isStarting: boolean;
  /** Why the page could not be opened. */
  error: UsageKitError | undefined;
  /** Leads to the page on which a payment method is entered. Does nothing while it is on its way. Never rejects. */
  start(): Promise<void>;
}

const atRest = { isStarting: false, error: undefined };

/** Leads to the payment provider's own page and back; data entered there never passes through the host's page. */
export function usePaymentSession(options: PaymentSessionOptions = {}): PaymentSessionFlow {
  const { returnUrl, onOpen } = options;
  const store = useSessionStore(options);
  const [state, setState] = useState<Pick<PaymentSessionFlow, 'isStarting' | 'error'>>(atRest);

  const start = useCallback(async () => {
    if (!store || state.isStarting) return;
    setState({ isStarting: true, error: undefined });
    try {
      const { accountId } = store.session;
      const { url } = await startPaymentSession(store.client, accountId, returnUrl ?? location.href);
      if (onOpen) onOpen(url);
      else location.assign(url);
      setState(atRest);
    } catch (error) {
      setState({ isStarting: false, error: error as UsageKitError });
    }
  }, [store, state.isStarting, returnUrl, onOpen]);

  return useMemo(() => ({ ...state, start }), [state, start]);
}
