/** Texts of PlanCard's urgent facts, which are loaded where a plan has some. */
export const planNoticeMessages = {
  /** The text after the number of days. */
  trialDays: (days: number): string =>
    days === 1 ? 'day of the trial is left' : 'days of the trial are left',
  /** Where there is no payment method that could pay for the plan. */
  trialDetail: 'Add a payment method to keep the plan. Nothing is deleted.',
  due: (amount: string) => `${amount} is due`,
  dueDetail: 'Update the payment method to settle it. Nothing is deleted.',
};
