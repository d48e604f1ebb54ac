/** Texts of LimitEditor. */
export const limitEditorMessages = {
  /** The button's whole name, and the dialog's title. */
  open: (label: string) => `Limit of ${label}`,
  used: (amount: string) => `${amount} used so far in this cycle`,
  choice: 'What happens',
  none: 'No limit of our own',
  stop: 'Stop at a limit',
  field: 'Stop at',
  invalid: (one: string, other: string) => `A number, such as ${one} or ${other}`,
  detail: 'Work that would go beyond it is refused until the next cycle. The limit stays for later cycles.',
  noneDetail: 'The plan alone decides what happens beyond the allowance.',
  confirm: (amount: string) => `Stop at ${amount}`,
  confirmNone: 'Remove the limit',
  set: (amount: string) => `Stops at ${amount}`,
  removed: 'The limit is removed',
};
