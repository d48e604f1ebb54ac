/** Texts of the uses behind a figure, and of how a charge came about. */
export const usesMessages = {
  what: 'uses',
  /** `label` is the metric's. */
  title: (label: string) => `${label}: uses`,
  open: (figure: string) => `Show the uses behind ${figure}`,
  time: 'Time',
  use: 'Use',
  noTask: 'No task',
  total: (count: number, written: string) => (count === 1 ? 'Sum of 1 use' : `Sum of ${written} uses`),
  /** While not all of them are loaded. */
  totalSoFar: (count: number, written: string) =>
    count === 1 ? 'Sum of 1 use so far' : `Sum of ${written} uses so far`,
  more: 'Load more',
  /** More uses than the server reads one by one. */
  /** Where days stand in place of the hours that were chosen. */
  hoursTooMany: 'Days are shown: there are too many uses to tell their hours.',
  tooManyTitle: 'Too many uses for this view',
  tooManyDetail: 'Choose a shorter range, or see everyone’s days without a breakdown.',
  none: 'There is no use behind this figure.',
  openTask: (name: string) => `Open the task ${name}`,
  explain: 'Explain',
  explainTitle: 'How this charge came about',
  lines: { llm: 'Model', tool: 'Tool', storage: 'Storage', metric: 'Other' },
  units: { token: 'tokens', request: 'requests', call: 'calls' },
  /** The same where there is one. */
  oneUnit: { token: 'token', request: 'request', call: 'call' },
  perCall: (amount: string) => `${amount} a call`,
  perUnit: (amount: string, unit: string) => `${amount} per ${unit}`,
  planTimes: (factor: string) => `${factor} times as much on the plan`,
  lineAlone: (label: string, quantity: string, amount: string) => `${label}: ${quantity}, makes ${amount}.`,
  /** A sentence of one line: a quantity, a rate in words, an amount. */
  line: (label: string, quantity: string, rate: string, amount: string) =>
    `${label}: ${quantity}, ${rate}, makes ${amount}.`,
  ownKey: (label: string, quantity: string) => `${label}: ${quantity}, with your own key, not charged.`,
  paidBy: (amount: string, grant: string) => `${amount} came from ${grant}.`,
  endedGrant: 'a grant that is used up',
  free: 'It cost nothing.',
  owed: 'No grant paid for it; it is owed.',
  takenBack: (date: string, reason: string) => `It was taken back on ${date}: ${reason}`,
};
