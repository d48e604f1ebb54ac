/** Texts of the sum of a cycle as it grows. */
export const runningTotalMessages = {
  name: (label: string, total: string, period: string) =>
    `${label} as it adds up, ${period}: ${total} so far`,
  alertAt: (amount: string) => `Alert at ${amount}`,
  alertTold: (amount: string) => `Alert at ${amount}, sent`,
  includedAt: (amount: string) => `${amount} included`,
  forecast: 'Forecast',
  /** The range of the forecast around what it expects, by how often that range holds. */
  interval: (percent: string) => `In ${percent} of cases`,
  range: (low: string, high: string) => `${low} to ${high}`,
};
