import type { Subscription } from '@usagekit/server/contract';

/** Whether a payment method that the plan asks for is the account's first: a trial goes on, or begins again, only with one. */
export const paysFirst = ({ status, pausedFor }: Subscription): boolean =>
  status === 'trial' || pausedFor === 'trial_over';
