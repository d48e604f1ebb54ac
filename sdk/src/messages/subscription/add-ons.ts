/** Texts of AddOns. */
export const addOnsMessages = {
  what: 'add-ons',
  title: 'Add-ons',
  othersMay: 'An owner or admin can change add-ons.',
  emptyTitle: 'No add-ons',
  emptyDetail: 'There is nothing to add to this plan.',
  /** The effect of each. */
  brings: (amount: string) => `${amount} more each`,
  each: {
    month: (price: string) => `${price} each a month`,
    year: (price: string) => `${price} each a year`,
  },
  next: (count: string, date: string) => `${count} from ${date}`,
  endsOn: (date: string) => `Ends on ${date}`,
  held: (count: string) => `You have ${count}`,
  on: 'On',
  add: 'Add',
  change: 'Change',
  remove: 'Remove',
  /** The button's whole name. */
  addOf: (label: string) => `Add ${label}`,
  changeOf: (label: string) => `Change ${label}`,
  removeOf: (label: string) => `Remove ${label}`,
  field: 'Number',
  confirm: (count: string) => `Set to ${count}`,
  confirmMore: (count: string) => `Add ${count} more`,
  changed: (count: string, label: string) => `${label}: ${count}`,
  changesOn: (count: string, label: string, date: string) => `${label}: ${count} from ${date}`,
};
