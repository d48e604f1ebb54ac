/** Texts of PlanLimits. */
export const planLimitsMessages = {
  what: 'plan limits',
  title: 'Limits of the plan',
  unlimited: 'Unlimited',
  none: 'None',
  emptyTitle: 'No further limits',
  emptyDetail: 'This plan limits nothing but usage.',
};
