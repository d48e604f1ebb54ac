/** Texts of AlertEditor. */
export const alertEditorMessages = {
  /** The button's whole name, and the dialog's title. */
  open: (label: string) => `Alerts for ${label}`,
  used: (amount: string) => `${amount} used so far in this cycle`,
  at: (amount: string) => `At ${amount}`,
  told: 'Sent in this cycle',
  remove: 'Remove',
  /** The button's whole name. */
  removeOf: (amount: string) => `Remove the alert at ${amount}`,
  field: 'Tell us at',
  add: 'Add another',
  invalid: (one: string, other: string) => `A number above 0, such as ${one} or ${other}`,
  most: (count: string) => `At most ${count} alerts`,
  detail: 'Each alert is sent once a cycle, and comes again in the next one.',
  confirm: 'Save alerts',
  saved: 'The alerts are saved',
  none: 'No alerts any more',
  mailedTo: (address: string) => `Mailed to ${address}`,
  mailedToNobody: 'Not mailed to anybody',
  changeAddress: 'Change address',
  address: 'Mail alerts to',
  addressInvalid: 'One address, such as billing@example.com',
  addressDetail: 'It gets the alerts of every metric. Leave it empty to send no mail.',
  confirmAddress: 'Save address',
  addressSaved: 'The address is saved',
  loadFailed: 'The alerts could not be loaded',
};
