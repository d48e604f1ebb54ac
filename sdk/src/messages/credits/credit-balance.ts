/** Texts of CreditBalance. */
export const creditBalanceMessages = {
  what: 'balance',
  title: 'Credits',
  /** Where the balance is money. */
  titleOfMoney: 'Balance',
  available: 'Available',
  held: (amount: string) => `${amount} held for running tasks`,
  standing: { low: 'Running low', out: 'Out of credits', debt: 'Overdrawn' },
  /** Where the balance is money. */
  outOfMoney: 'Used up',
  owed: (amount: string) => `${amount} owed. The next addition pays it first.`,
  outDetail: 'New work that uses the balance is refused until more is added.',
  comesAgain: (amount: string, when: string) => `Next addition: ${amount} ${when}`,
  nextToExpire: (amount: string, date: string) => `Next to expire: ${amount} on ${date}`,
  pace: (days: number, written: string) =>
    days < 1
      ? 'Less than a day at the pace of the last two weeks'
      : days === 1
        ? 'About 1 day at the pace of the last two weeks'
        : `About ${written} days at the pace of the last two weeks`,
  paceLasts: 'Lasts until more is added',
  paceMethod: (perDay: string) => `${perDay} a day, the mean of the last 14 days with use`,
  grants: 'In the order they are used',
  grantExpires: (date: string) => `Until ${date}`,
  grantNeverExpires: 'Does not expire',
  holdEnd: { settled: 'Hold settled', released: 'Hold released', expired: 'Hold expired' },
  /** A use by its first line, and how many lines it has besides. */
  andMore: (name: string, _count: number, written: string) => `${name} and ${written} more`,
  recent: 'Recent activity',
  /** Opens the entries of one task; there are two or more. */
  entries: (_count: number, written: string) => `${written} entries`,
  recentNone: 'Nothing has been spent or added yet.',
  viewAll: 'View all',
  buy: 'Buy credits',
  /** Where the balance is money. */
  buyOfMoney: 'Add funds',
  askToBuy: 'An owner or admin can add more.',
  support: 'Ask support about a charge',
  emptyTitle: 'Nothing here yet',
  emptyDetail: 'The amounts that the plan gives and that you buy are shown here.',
  ledgerKind: {
    grant: 'Added',
    debit: 'Spent',
    hold: 'Set aside',
    release: 'Given back',
    expiry: 'Expired',
    reset: 'Reset',
    adjustment: 'Adjusted',
    refund: 'Refunded',
    debt: 'Owed',
    debt_payment: 'Paid back',
  },
};
