/** Texts of the sum of a cycle as it grows. */
export const runningTotalMessages = {
  name: (label: string, total: string, period: string) =>
    `${label} as it adds up, ${period}: ${total} so far`,
  alertAt: (amount: string) => `Alert at ${amount}`,
  alertTold: (amount: string) => `Alert at ${amount}, sent`,
  includedAt: (amount: string) => `${amount} included`,
};
