'use client';
import {
  type Charge,
  type Money,
  newIdempotencyKey,
  type Subscription,
  type SubscriptionChange,
} from '@usagekit/server/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import {
  type AccountCommand,
  changeSubscription,
  previewSubscription,
  readWaitingCharge,
  withdrawCharge,
} from '../../client/subscription/subscription-changes.ts';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { catchUp } from '../../provider/catch-up.ts';
import { changeAnswer } from '../../provider/change-answer.ts';
import { keyOf } from '../../provider/resource-cache.ts';
import { type AccountOptions, useSessionStore } from '../base/use-session-store.ts';

/**
 * - `idle`: nothing is being changed
 * - `previewing`: what the change would do is on its way
 * - `ready`: `change` says what it will do; `confirm` does it
 * - `changing`: sent, and not answered yet
 * - `unknown`: no answer came. It may have been made; `confirm` finds out and does not make it twice
 * - `pending`: what is charged for it is not paid yet, and everything stays as it was until it is; `payment` says how that stands
 * - `changed`: made; `change` says what was done
 * - `failed`: what the change would do could not be asked; `retry` asks again
 * - `refused`: the server does not make it; `error` says why
 */
export type SubscriptionChangeStatus =
  | 'idle'
  | 'previewing'
  | 'ready'
  | 'changing'
  | 'unknown'
  | 'pending'
  | 'changed'
  | 'failed'
  | 'refused';

/** A change of the subscription: its preview, its confirmation and its result. */
export interface SubscriptionChangeFlow {
  /** Where the change stands. */
  status: SubscriptionChangeStatus;
  /** The running command. */
  command: AccountCommand | undefined;
  /** The account that is changed; left out while nothing is. */
  accountId?: string | undefined;
  /** Exact amounts and dates, from the preview and then from the change itself. */
  change: SubscriptionChange | undefined;
  /** The charge that comes before a change that is charged at once; with the error `change_pending` that of the other change. */
  payment: Charge | undefined;
  /**
   * Why the preview or the change failed; undefined once one succeeds. `total_changed` with a new preview in `change`: more is due
   * now than was shown, nothing was done, and `confirm` agrees to the new sum.
   */
  error: UsageKitError | undefined;
  /** Asks what the command would do, under a new key; nothing is changed. Never rejects. */
  open(command: AccountCommand): Promise<void>;
  /** Makes the change for what `change` says is due now, once an opening whatever is clicked. Never rejects. */
  confirm(): Promise<void>;
  /** Asks for the preview again. Never rejects. */
  retry(): Promise<void>;
  /**
   * Withdraws the change that `payment` waits to be confirmed for, and tells what became of it: this change is refused then, unless it was
   * paid meanwhile; after another one, what this change would do is asked again. Never rejects.
   */
  withdraw(): Promise<void>;
  /** Lets go of it. A change that was sent is not taken back. */
  close(): void;
}

interface FlowState
  extends Pick<SubscriptionChangeFlow, 'status' | 'command' | 'change' | 'payment' | 'error'> {
  /** The one key of this opening. */
  key: string | undefined;
  /** What was shown as due now when it was confirmed: the same over retries, as the key is. */
  expected: Money | undefined;
  accountId: string | undefined;
}

const idle: FlowState = {
  status: 'idle',
  command: undefined,
  change: undefined,
  payment: undefined,
  error: undefined,
  key: undefined,
  expected: undefined,
  accountId: undefined,
};

const sendable: readonly SubscriptionChangeStatus[] = ['ready', 'unknown', 'pending'];

const askAgainMs = 3_000;

/** A change of plan from the choice to its end: the preview, the change under one key, and its result. */
export function useSubscriptionChange(options: AccountOptions = {}): SubscriptionChangeFlow {
  const store = useSessionStore(options);
  const accountId = store?.session.accountId;
  const [kept, setState] = useState<FlowState>(idle);
  const state = kept.accountId === accountId ? kept : idle;
  const sending = useRef<string | undefined>(undefined);

  const preview = useCallback(
    async (command: AccountCommand, key: string) => {
      if (!store || accountId === undefined) return;
      /** Another opening has replaced this one, or it was closed. */
      const settle = (next: Partial<FlowState>) =>
        setState((now) => (now.key === key ? { ...now, ...next } : now));
      try {
        settle({ status: 'ready', change: await previewSubscription(store.client, accountId, command) });
      } catch (caught) {
        const error = caught as UsageKitError;
        settle({ status: error.problem && !error.retryable ? 'refused' : 'failed', error });
      }
    },
    [store, accountId],
  );
  const open = useCallback(
    async (command: AccountCommand) => {
      if (accountId === undefined) return;
      const key = newIdempotencyKey();
      setState({ ...idle, status: 'previewing', command, key, accountId });
      await preview(command, key);
    },
    [accountId, preview],
  );

  const { key, command, status } = state;
  const expected = status === 'ready' ? state.change?.dueNow : state.expected;
  const confirm = useCallback(async () => {
    if (!store || accountId === undefined || key === undefined || !command) return;
    if (sending.current === key || !sendable.includes(status)) return;
    sending.current = key;
    const settle = (next: Partial<FlowState>) =>
      setState((now) => (now.key === key ? { ...now, ...next } : now));
    if (status !== 'pending') settle({ status: 'changing', error: undefined, expected });
    try {
      const answer = await changeSubscription(store.client, accountId, command, key, expected);
      changeAnswer<Subscription>(
        store.cache.kept,
        keyOf('subscription', undefined),
        () => answer.subscription,
      );
      const { change, payment } = answer;
      const isPaid = payment === undefined || payment.status === 'succeeded';
      settle({ status: isPaid ? 'changed' : 'pending', change, payment });
      void catchUp(store, answer);
    } catch (caught) {
      const error = caught as UsageKitError;
      if (error.code === 'total_changed') {
        const next = newIdempotencyKey();
        settle({ status: 'previewing', key: next, error });
        await preview(command, next);
        return;
      }
      if (error.code === 'change_pending')
        settle({ payment: await readWaitingCharge(store.client, accountId) });
      // Only an answer of the server's is proof that nothing was changed.
      settle({ status: error.problem && !error.retryable ? 'refused' : 'unknown', error });
    } finally {
      sending.current = undefined;
    }
  }, [store, accountId, key, command, status, expected, preview]);

  // How the payment stands now: the same key tells, and charges nothing twice.
  useEffect(() => {
    if (status !== 'pending') return;
    const timer = setInterval(() => void confirm(), askAgainMs);
    return () => clearInterval(timer);
  }, [status, confirm]);

  const { payment } = state;
  const withdraw = useCallback(async () => {
    if (!store || accountId === undefined || !command || !payment) return;
    // Where no answer comes, or the payment was quicker, the next question tells.
    await withdrawCharge(store.client, accountId, payment.id).catch(() => undefined);
    await (status === 'pending' ? confirm() : open(command));
  }, [store, accountId, command, payment, status, confirm, open]);

  const needsMethod = status === 'ready' && state.change?.needsPaymentMethod === true;
  // A payment method is added on another page. Whoever comes back finds the change where it stood.
  useEffect(() => {
    if (!needsMethod || !store || accountId === undefined || !command) return;
    const ask = async () => {
      const change = await previewSubscription(store.client, accountId, command).catch(() => undefined);
      if (change) setState((now) => (now.key === key && now.status === 'ready' ? { ...now, change } : now));
    };
    const again = () => void ask();
    addEventListener('focus', again);
    return () => removeEventListener('focus', again);
  }, [needsMethod, store, accountId, command, key]);

  return useMemo(
    () => ({
      status,
      command,
      accountId: state.accountId,
      change: state.change,
      payment,
      error: state.error,
      open,
      confirm,
      async retry() {
        if (command) await open(command);
      },
      withdraw,
      close: () => setState(idle),
    }),
    [status, command, state.accountId, state.change, payment, state.error, open, confirm, withdraw],
  );
}
