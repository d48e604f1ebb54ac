/** Texts of BillingBanner. */
export const billingBannerMessages = {
  label: 'Billing notice',
  trial: (days: number, written: string) =>
    days === 0
      ? 'The trial ends today.'
      : days === 1
        ? '1 day of the trial is left.'
        : `${written} days of the trial are left.`,
  pastDue: 'The last payment did not go through.',
  pastDueAmount: (amount: string) => `${amount} is due: the last payment did not go through.`,
  ending: (date: string) => `The plan ends on ${date}.`,
  keepPlan: 'Keep the plan',
  othersMay: 'An owner or admin can do this:',
  dismiss: 'Dismiss',
};
