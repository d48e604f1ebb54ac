import type { Subscription } from '@usagekit/server/contract';

/** Whether the payment method that a plan asks for is the account's first: a trial goes on, or begins again, only with one. */
export const paysFirst = ({ status, pausedFor, actions }: Subscription): boolean =>
  pausedFor === 'trial_over' || (status === 'trial' && actions[0]?.kind === 'update_payment');
