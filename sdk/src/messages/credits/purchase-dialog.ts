/** Texts of PurchaseDialog and of the packs that it offers. */
export const purchaseDialogMessages = {
  what: 'packs on sale',
  title: 'Buy credits',
  /** Where the balance is money. */
  titleOfMoney: 'Add funds',
  packs: 'Credit pack',
  /** In place of `packs` and `pack` where the balance is money. */
  amountOfMoney: 'Amount',
  bonus: (amount: string) => `+${amount} bonus`,
  unitPrice: (price: string, amount: string) => `${price} per ${amount}`,
  availableNow: 'Available now',
  pack: 'Pack',
  bonusLine: 'Bonus',
  debtLine: 'Pays what is owed',
  availableAfter: 'Available afterwards',
  neverExpires: 'What you add does not expire.',
  /** `days` decides on the plural. */
  expires: (days: number, written: string, date: string) =>
    days === 1
      ? `What you add ends one day after the payment, on ${date}.`
      : `What you add ends ${written} days after the payment, on ${date}.`,
  beforeTax: 'Before tax',
  total: 'Total',
  buy: (amount: string, price: string) => `Buy ${amount} for ${price}`,
  /** Where the balance is money. */
  buyOfMoney: (amount: string, price: string) => `Add ${amount} for ${price}`,
  /** Where it costs what it adds. */
  buyAtPar: (amount: string) => `Add ${amount}`,
  buyAgain: (amount: string, price: string) => `Try again: ${amount} for ${price}`,
  paying: (price: string) => `Paying ${price}`,
  cancel: 'Cancel',
  close: 'Close',
  done: 'Done',
  pending: 'Payment pending',
  pendingDetail: (amount: string, price: string) =>
    `You get ${amount} once the payment of ${price} is confirmed, and cannot spend any of it before.`,
  pendingUnnamed: 'It is added once the payment is confirmed. Until then it cannot be spent.',
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
  failedDetail: (failure?: string) => (failure ? `${failure} Nothing was added.` : 'Nothing was added.'),
  /** Where more is due by now than the dialog showed. */
  totalChanged: 'The price has gone up since it was shown.',
  refused: 'Nothing was bought',
  /** `detail` is the server's own sentence, which is English; a text in another language leaves it out. */
  refusedDetail: (detail?: string) => detail ?? 'The purchase could not be started.',
  notPermitted: 'Your role does not include purchases',
  notPermittedDetail: 'An owner or admin of this account can make them.',
  emptyTitle: 'Nothing on sale',
  emptyDetail: 'This plan offers nothing to buy at the moment.',
};
