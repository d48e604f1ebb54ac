/** Texts of AutoTopUp. */
export const autoTopUpMessages = {
  what: 'auto top-up',
  title: 'Auto top-up',
  off: 'Off',
  offDetail: 'Nothing is bought automatically.',
  rule: (amount: string, price: string, threshold: string) =>
    `Adds ${amount} for ${price} when the balance falls below ${threshold}`,
  /** Where it costs what it adds. */
  ruleAtPar: (amount: string, threshold: string) =>
    `Adds ${amount} when the balance falls below ${threshold}`,
  bought: (times: number, written: string, amount: string) =>
    times === 0
      ? 'Not topped up this cycle'
      : times === 1
        ? `Topped up once this cycle, ${amount}`
        : `Topped up ${written} times this cycle, ${amount}`,
  cap: (max: number, written: string) =>
    max === 1 ? 'at most once a cycle' : `at most ${written} times a cycle`,
  status: {
    ready: 'On',
    pending: 'Payment pending',
    failed: 'Payment failed',
    capped: 'Cap reached',
    waiting: 'Topped up, still low',
    not_sold: 'Not on sale',
    no_payment_method: 'No payment method',
  },
  pendingDetail: 'A purchase is being confirmed. It is added to the balance after that.',
  /** `failure` is the payment provider's own sentence; a text in another language leaves it out. */
  failedDetail: (failure: string) => `The last charge failed: ${failure}`,
  failedUnnamed: 'The last charge failed.',
  retryAt: (time: string) => `It is tried again on ${time}.`,
  cappedDetail: 'Nothing more is bought before the next cycle.',
  waitingDetail:
    'A pack was bought, and the balance is still below the threshold. Auto top-up buys once each time the balance falls below it.',
  notSoldDetail: 'Nothing is bought, because this plan does not sell the pack.',
  noMethodDetail: 'Nothing is bought until there is a confirmed payment method.',
  buyByHand: 'Buy credits',
  /** Where the balance is money. */
  buyByHandOfMoney: 'Add funds',
  edit: 'Change',
  setUp: 'Set up',
  enabled: 'Top up automatically',
  threshold: 'When the balance falls below',
  thresholdUnit: (unit: string) => unit,
  thresholdInvalid: (thousand: string, half: string) =>
    `Enter an amount above 0, such as ${thousand} or ${half}.`,
  /** Each crossing buys once, so one charge has to reach the threshold. */
  thresholdOutOfReach: (bought: string) =>
    `One charge adds ${bought}. Enter no more, or choose a larger pack.`,
  pack: 'Add each time',
  capSwitch: 'Limit the charges of a cycle',
  capLabel: 'At most',
  capUnit: (max: number): string => (max === 1 ? 'charge a cycle' : 'charges a cycle'),
  capInvalid: 'Enter a whole number from 1 to 100.',
  method: 'Payment method',
  warning: (price: string, method: string) => `${price} will be charged to ${method} without asking`,
  warningDetail: (threshold: string) =>
    `Each time the balance falls below ${threshold}. Changes here apply to later charges.`,
  warningUncapped: 'There is no limit to the charges of a cycle.',
  warningCapped: (total: string) => `No more than ${total} a cycle.`,
  warningNow: (available: string) => `The balance is ${available}, so the first charge follows at once.`,
  saveOn: (price: string) => `Save and allow charges of ${price}`,
  save: 'Save',
  saving: 'Saving',
  saveFailed: 'This was not saved. Try again.',
  totalChanged: 'This was not saved: the price has gone up since it was shown.',
  cancel: 'Cancel',
  emptyTitle: 'Nothing on sale',
  emptyDetail: 'This plan offers nothing that could be bought.',
};
