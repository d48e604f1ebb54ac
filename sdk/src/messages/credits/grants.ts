/** Texts of what grants of credits are called where the host gave them no name. */
export const grantsMessages = {
  source: {
    plan: 'Plan',
    baseline: 'Included',
    sign_up: 'Sign-up credit',
    promotional: 'Promotional',
    purchase: 'Bought',
    top_up: 'Auto top-up',
    adjustment: 'Adjustment',
    refund: 'Refund',
  },
  ofPlan: (plan: string) => `${plan} plan`,
  carriedOver: (plan: string) => `Left of the ${plan} plan`,
};
