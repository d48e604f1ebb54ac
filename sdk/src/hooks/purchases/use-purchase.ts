'use client';
import type { Money, Purchase } from '@usagekit/server/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  forgetPurchase,
  type KeptPurchase,
  keepPurchase,
  readKeptPurchase,
} from '../../client/purchases/kept-purchase.ts';
import { purchaseCredits } from '../../client/purchases/purchases.ts';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { catchUp } from '../../provider/catch-up.ts';
import { type AccountOptions, useSessionStore } from '../base/use-session-store.ts';

/**
 * - `idle`: nothing is being bought
 * - `pending`: sent, and not final: nothing of it can be spent, and it must not be counted as available
 * - `needs_action`: a person has to confirm it at `purchase.actionUrl`
 * - `unknown`: no answer came. It may have been charged; `retry` finds out without buying twice
 * - `succeeded`, `failed`: final
 * - `refused`: the server did not begin it; `error` says why
 */
export type PurchaseFlowStatus =
  | 'idle'
  | 'pending'
  | 'needs_action'
  | 'unknown'
  | 'succeeded'
  | 'failed'
  | 'refused';

/** A purchase from the click to the credits. */
export interface PurchaseFlow {
  /** Where the purchase stands. */
  status: PurchaseFlowStatus;
  /** Pack of the running purchase; another pack can be chosen once it is final. */
  packId: string | undefined;
  /** The purchase as the server has it, once it was ordered. */
  purchase: Purchase | undefined;
  /** Why the order failed; undefined once one succeeds. */
  error: UsageKitError | undefined;
  /**
   * Buys the pack, once whatever is clicked. Takes up an unfinished purchase instead, if there is one. With the total that the buyer
   * saw it is refused (`total_changed`) where it costs more by now, and the catalog is read again. Never rejects.
   */
  buy(packId: string, expectedTotal?: Money): Promise<void>;
  /** Asks again how the unfinished purchase stands. Never rejects. */
  retry(): Promise<void>;
  /** Lets go of a final purchase, as when the dialog is closed, so that the next is a new one. */
  reset(): void;
}

interface FlowState extends Pick<PurchaseFlow, 'status' | 'packId' | 'purchase' | 'error'> {
  accountId: string | undefined;
}

const askAgainMs = 3_000;

/**
 * One purchase of credits from the first click to its end. Its key is kept in sessionStorage, so that a reload or a second
 * opening resumes it and cannot buy twice.
 */
export function usePurchase(options: AccountOptions = {}): PurchaseFlow {
  const store = useSessionStore(options);
  const accountId = store?.session.accountId;
  const [kept, setState] = useState<FlowState>(idleOf(accountId));
  const state = kept.accountId === accountId ? kept : idleOf(accountId);
  const sending = useRef<string | undefined>(undefined);

  const send = useCallback(
    async (purchase: KeptPurchase) => {
      if (!store || !accountId || sending.current === purchase.idempotencyKey) return;
      sending.current = purchase.idempotencyKey;
      const { packId } = purchase;
      const show = (next: Omit<FlowState, 'accountId' | 'packId'>) =>
        setState({ ...next, accountId, packId });
      setState((before) =>
        before.accountId === accountId && before.purchase
          ? before
          : { status: 'pending', accountId, packId, purchase: undefined, error: undefined },
      );
      try {
        const { idempotencyKey, expectedTotal } = purchase;
        const answer = await purchaseCredits(store.client, accountId, packId, idempotencyKey, expectedTotal);
        const status = statusOf(answer.purchase);
        if (status === 'succeeded' || status === 'failed') {
          forgetPurchase(accountId);
          void catchUp(store, answer);
        }
        show({ status, purchase: answer.purchase, error: undefined });
      } catch (caught) {
        const error = caught as UsageKitError;
        // Only an answer of the server's is proof that nothing was begun.
        if (!error.retryable && error.problem) {
          forgetPurchase(accountId);
          if (error.code === 'total_changed') await store.refresh(new Set(['catalog']));
          show({ status: 'refused', purchase: undefined, error });
        } else {
          show({ status: 'unknown', purchase: undefined, error });
        }
      } finally {
        sending.current = undefined;
      }
    },
    [store, accountId],
  );

  const retry = useCallback(async () => {
    const unfinished = accountId === undefined ? undefined : readKeptPurchase(accountId);
    if (unfinished) await send(unfinished);
  }, [accountId, send]);

  // A purchase that an earlier opening, or the page before a reload, left unfinished.
  useEffect(() => void retry(), [retry]);

  const isOpen = state.status === 'pending' || state.status === 'needs_action';
  useEffect(() => {
    if (!isOpen) return;
    const timer = setInterval(() => void retry(), askAgainMs);
    // Whoever comes back from the page on which it is confirmed does not wait for the next turn.
    const look = () => {
      if (document.visibilityState === 'visible') void retry();
    };
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [isOpen, retry]);

  return useMemo(
    () => ({
      status: state.status,
      packId: state.packId,
      purchase: state.purchase,
      error: state.error,
      async buy(packId: string, expectedTotal?: Money) {
        if (accountId !== undefined) await send(keepPurchase(accountId, packId, expectedTotal));
      },
      retry,
      reset() {
        if (accountId !== undefined && readKeptPurchase(accountId) === undefined) setState(idleOf(accountId));
      },
    }),
    [state.status, state.packId, state.purchase, state.error, accountId, send, retry],
  );
}

function idleOf(accountId: string | undefined): FlowState {
  return { status: 'idle', accountId, packId: undefined, purchase: undefined, error: undefined };
}

function statusOf({ status }: Purchase): PurchaseFlowStatus {
  return status === 'ordered' ? 'pending' : status;
}
