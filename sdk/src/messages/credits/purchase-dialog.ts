/** Texts of PurchaseDialog and of the packs that it offers. */
export const purchaseDialogMessages = {
  what: 'credit packs',
  title: 'Buy credits',
  packs: 'Credit pack',
  bonus: (amount: string) => `+${amount} bonus`,
  unitPrice: (price: string, amount: string) => `${price} per ${amount}`,
  availableNow: 'Available now',
  pack: 'Pack',
  bonusLine: 'Bonus',
  debtLine: 'Pays what is owed',
  availableAfter: 'Available afterwards',
  neverExpires: 'Bought credits do not expire.',
  /** `days` decides on the plural. */
  expires: (days: number, written: string, date: string) =>
    days === 1
      ? `These credits end one day after the payment, on ${date}.`
      : `These credits end ${written} days after the payment, on ${date}.`,
  beforeTax: 'Before tax',
  total: 'Total',
  buy: (amount: string, price: string) => `Buy ${amount} for ${price}`,
  buyAgain: (amount: string, price: string) => `Try again: ${amount} for ${price}`,
  paying: (price: string) => `Paying ${price}`,
  cancel: 'Cancel',
  close: 'Close',
  done: 'Done',
  pending: 'Payment pending',
  pendingDetail: (amount: string, price: string) =>
    `You get ${amount} for ${price} once the payment is confirmed, and cannot spend any of it before.`,
  pendingUnnamed: 'The credits are added once the payment is confirmed. Until then they cannot be spent.',
  pendingClose: 'Closing this does not cancel the payment.',
  needsAction: 'Payment pending: confirm it',
  confirm: 'Confirm payment',
  unknown: 'It is not known yet whether this was bought',
  unknownDetail: 'No answer came. Checking again finds out and cannot buy twice.',
  check: 'Check again',
  succeeded: (amount: string) => `${amount} added`,
  succeededDetail: (price: string) => `${price} paid.`,
  failed: 'The payment failed',
  /** `failure` is the payment provider's own sentence; a text in another language leaves it out. */
  failedDetail: (failure?: string) =>
    failure ? `${failure} No credits were added.` : 'No credits were added.',
  /** Where more is due by now than the dialog showed. */
  totalChanged: 'The price has gone up since it was shown.',
  refused: 'Nothing was bought',
  /** `detail` is the server's own sentence, which is English; a text in another language leaves it out. */
  refusedDetail: (detail?: string) => detail ?? 'The purchase could not be started.',
  notPermitted: 'Your role does not include buying credits',
  notPermittedDetail: 'An owner or admin of this account can buy them.',
  emptyTitle: 'No packs on sale',
  emptyDetail: 'This plan offers no credit packs at the moment.',
};
