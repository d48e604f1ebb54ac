/** Texts of AdditionalUse. */
export const additionalUseMessages = {
  what: 'additional use',
  title: 'Additional use',
  othersMay: 'An owner or admin can change this.',
  emptyTitle: 'Nothing to set',
  emptyDetail: 'What happens beyond an allowance is fixed on this plan.',
  mode: { off: 'Off', capped: 'Up to a number', unlimited: 'Unlimited' },
  upTo: (amount: string) => `Up to ${amount}`,
  state: {
    off: 'Work stops when the allowance is used up.',
    capped: (amount: string) => `Goes on for ${amount} beyond the allowance in each cycle.`,
    unlimited: 'Goes on beyond the allowance without a limit, charged by use.',
  },
  change: 'Change',
  /** The button's whole name. */
  changeOf: (label: string) => `Change additional use of ${label}`,
  field: 'At most',
  invalid: (one: string, other: string) => `A number above zero, such as ${one} or ${other}`,
  livesOn: 'The setting stays for later cycles until you change it.',
  confirm: {
    off: 'Turn off',
    capped: (amount: string) => `Allow ${amount}`,
    unlimited: 'Allow without a limit',
  },
  changed: 'Additional use is set',
};
