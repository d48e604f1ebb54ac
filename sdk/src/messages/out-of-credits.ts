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
  figures: (available: string, requested: string) => `${available} available, ${requested} needed.`,
  running: 'Work that is running goes on; new work waits. Nothing is deleted.',
  resets: (when: string, date: string) => `It starts again ${when}, on ${date}.`,
  askWho: 'Ask an owner or admin of this account:',
  neutralTitle: 'Not available',
  neutral: 'This assistant is not available right now. Please try again later.',
};
