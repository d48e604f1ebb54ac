/** Why an account's work stops. */
export const blockReasons = [
  'insufficient_credits',
  'plan_limit_reached',
  'window_limit_reached',
  'metric_paused',
] as const;
