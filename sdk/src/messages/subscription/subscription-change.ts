/** Texts of every change of a subscription: what it will do before it is made, and its result. */
export const subscriptionChangeMessages = {
  now: 'Takes effect at once.',
  later: (date: string) => `Takes effect on ${date}. Until then everything stays as it is.`,
  /** The purpose of a line. */
  covers: (label: string, period: string) => `${label}, ${period}`,
  creditBack: (label: string, period: string) => `Unused ${label}, ${period}`,
  dueNow: 'Due now',
  /** Of an amount that an invoice asks for and nothing charges. */
  invoicedNow: 'Invoiced now',
  /** The sum of the lines, where tax comes on top. */
  beforeTax: 'Before tax',
  balance: 'Balance',
  dueNothing: 'Nothing is due now.',
  givenBack: 'Taken off the next invoice',
  next: (amount: string, date: string) => `Next charge: ${amount} on ${date}.`,
  /** `parts` is already a list, of taxes and the balance with their amounts. */
  nextIncludes: (parts: string) => `That includes ${parts}.`,
  nextNothing: 'Nothing is charged after that.',
  plan: (name: string) => `${name} plan`,
  minimum: (plan: string) => `Minimum of the ${plan} plan`,
  dedicatedIps: 'Dedicated IPs',
  addsCredits: (amount: string) => `Adds ${amount}.`,
  endsCredits: (amount: string) => `Ends what is left of the old plan: ${amount}.`,
  /** `metrics` is already a list. */
  blocks: (metrics: string) => `Blocks at once, since more is used already: ${metrics}.`,
  clears: {
    scheduled_change: 'The change that was scheduled is taken back.',
    scheduled_cancellation: 'The cancellation is taken back.',
    trial: 'The trial ends with it.',
  },
  /** A button that makes a change which costs something now. */
  confirmAndPay: (label: string, price: string) => `${label} and pay ${price}`,
  /** A button that makes a change which is invoiced and not charged. */
  confirmAndInvoice: (label: string, price: string) => `${label}, ${price} by invoice`,
  /** While there is nothing to change yet. */
  confirm: 'Save',
  changing: 'Changing',
  back: 'Not now',
  done: 'Done',
  check: 'Check again',
  changed: 'Changed',
  changesOn: (date: string) => `Changes on ${date}`,
  pending: 'Payment pending',
  pendingDetail: 'The change is made once it is paid. Until then everything stays as it is.',
  otherPending:
    'Another change waits for its payment. Nothing else can be changed until it is paid or has failed.',
  confirmPayment: 'Confirm payment',
  withdraw: 'Withdraw the change',
  unknown: 'It is not known yet whether the change was made',
  unknownDetail: 'No answer came. Checking again finds out and cannot make it twice.',
  /** Where more is due by now than the dialog showed. */
  totalChanged: 'The amount has gone up. This is what it costs now.',
  refused: 'Nothing was changed',
  /** `detail` is the server's own sentence, which is English; a text in another language leaves it out. */
  refusedDetail: (detail?: string) =>
    detail ? detail.replace(/([^.!?])$/, '$1.') : 'The server did not accept the change.',
  previewFailed: 'What the change costs could not be loaded',
  previewFailedDetail: 'Nothing was changed.',
  /** Names of the buttons next to a number. */
  fewer: 'One fewer',
  more: 'One more',
  quantityInvalid: (least: string, most: string) => `A whole number from ${least} to ${most}`,
  quantityInvalidOpen: (least: string) => `A whole number, at least ${least}`,
};
