import type { PauseCause } from '@usagekit/server/contract';

/** Texts of OutOfCredits and Gate. */
export const outOfCreditsMessages = {
  title: {
    insufficient_credits: 'Out of credits',
    plan_limit_reached: 'Plan limit reached',
    window_limit_reached: 'Limit reached for now',
    metric_paused: 'Paused',
    feature_not_in_plan: 'Not in this plan',
    capacity_exceeded: 'More than the plan allows',
    concurrency_exceeded: 'Too many at once',
    allocation_exhausted: 'Your allocation is used up',
    account_limit_reached: 'Limit of this account reached',
    additional_use_exhausted: 'Additional use is used up',
  },
  /** In place of `insufficient_credits` where the balance is money. */
  outOfMoney: 'Balance too low',
  /** One sentence by reason. `limit` is written with its unit, and missing where the reader may not see it. */
  detail: {
    insufficient_credits: (_label: string, _limit?: string) => 'There is not enough left to pay for this.',
    plan_limit_reached: (label: string, limit?: string) =>
      limit
        ? `${label} reached the limit of ${limit} of the plan.`
        : `${label} reached the limit of the plan.`,
    window_limit_reached: (label: string, window: string, limit?: string) =>
      limit
        ? `${label} reached the limit of ${limit} for “${window}”.`
        : `${label} reached the limit for “${window}”.`,
    /** Without a cause for readers who do not see billing. */
    metric_paused: (cause?: PauseCause): string =>
      cause === undefined
        ? 'This is paused. Nothing was deleted.'
        : cause === 'trial_over'
          ? 'The trial is over. Work goes on with a payment method or another plan; nothing was deleted.'
          : cause === 'ended'
            ? 'The plan has ended. Work goes on with another plan; nothing was deleted.'
            : 'A payment did not go through. Work goes on once it is paid; nothing was deleted.',
    feature_not_in_plan: (_label: string, _limit?: string) => 'The plan does not include this.',
    capacity_exceeded: (label: string, limit?: string) =>
      limit ? `${label}: the plan allows ${limit}.` : `${label}: the plan does not include what was chosen.`,
    concurrency_exceeded: (_label: string, _limit?: string) =>
      'As many tasks run as the plan allows at once. One can start when another ends.',
    allocation_exhausted: (label: string, limit?: string) =>
      limit
        ? `${label} reached this member’s share of ${limit}. An admin can raise it.`
        : `${label} reached this member’s share. An admin can raise it.`,
    account_limit_reached: (label: string, limit?: string) =>
      limit
        ? `${label} reached the limit of ${limit} that this account set for itself.`
        : `${label} reached the limit that this account set for itself.`,
    additional_use_exhausted: (label: string, _limit?: string) =>
      `${label} reached what is included, and additional use is off or used up.`,
  },
  figures: (available: string, requested: string) => `${available} available, ${requested} needed.`,
  running: 'Work that is running goes on; new work waits. Nothing is deleted.',
  resets: (when: string, date: string) => `It starts again ${when}, on ${date}.`,
  askWho: 'Ask an owner or admin of this account:',
  neutralTitle: 'Not available',
  neutral: 'This assistant is not available right now. Please try again later.',
};
