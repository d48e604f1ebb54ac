/** Texts of PlanCard. */
export const planCardMessages = {
  what: 'plan',
  title: 'Plan',
  status: { active: 'Active', trial: 'Trial', past_due: 'Past due', paused: 'Paused', cancelled: 'Canceled' },
  perInterval: { month: 'a month', year: 'a year' },
  free: 'Free',
  next: {
    renews: (date: string) => `Renews on ${date}`,
    resets: (date: string) => `Allowances reset on ${date}`,
    ends: (date: string) => `Ends on ${date}`,
    trial_ends: (date: string) => `Trial ends on ${date}`,
    changes: (date: string, plan: string) => `Changes to ${plan} on ${date}`,
  },
  trialDays: (days: number) => (days === 1 ? 'day left' : 'days left'),
  due: (amount: string) => `${amount} is due`,
  dueDetail: 'Update the payment method to settle it. Nothing is deleted.',
  pausedDetail: 'New work is paused. Nothing is deleted.',
  included: 'Included',
  noCap: 'Unlimited',
  emptyTitle: 'No plan yet',
  emptyDetail: 'The plan of this account will stand here.',
  askWho: 'An owner or admin can do this.',
};
