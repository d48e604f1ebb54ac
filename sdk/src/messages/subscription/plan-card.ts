/** Texts of PlanCard. */
export const planCardMessages = {
  what: 'plan',
  title: 'Plan',
  status: {
    active: 'Active',
    trial: 'Trial',
    past_due: 'Past due',
    paused: 'Paused',
    cancelled: 'Cancelled',
  },
  perInterval: { month: 'a month', year: 'a year' },
  free: 'Free',
  /** The next change. `plan` is the new plan's name, and empty otherwise. */
  next: {
    renews: (date: string, _plan: string) => `Renews on ${date}`,
    resets: (date: string, _plan: string) => `Allowances reset on ${date}`,
    ends: (date: string, _plan: string) => `Ends on ${date}`,
    trial_ends: (date: string, _plan: string) => `Trial ends on ${date}`,
    changes: (date: string, plan: string) => `Changes to ${plan} on ${date}`,
  },
  /** In place of managing the plan, while its end or a change is scheduled. */
  keep: (plan: string) => `Keep ${plan}`,
  /** Followed by what they may do. */
  othersMay: 'An owner or admin can do this:',
};
