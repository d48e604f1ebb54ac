/** Texts of meters and bars. */
export const meterMessages = {
  unlimited: 'Unlimited',
  observed: 'Measured only',
  paused: 'Paused',
  /** `620 of 1,000 credits` */
  usedOf: (used: string, included: string, unit: string) => `${used} of ${included}${unit && ` ${unit}`}`,
  used: (amount: string) => `${amount} used`,
  percentUsed: (percent: string) => `${percent} used`,
  heldPart: (amount: string) => `${amount} held`,
  overPart: (amount: string) => `${amount} over`,
  resets: (date: string) => `resets ${date}`,
  /** The effect at the account's own limit. */
  ownLimit: (limit: string) => `Stops at ${limit}, your own limit`,
  /** The effect at the limit, by policy. */
  atLimit: {
    hard: 'Stops at the limit',
    soft: (cap: string) => `Stops at ${cap}`,
    overage: 'Charged by use beyond it',
  },
  /** The sentence that assistive technology reads. */
  sentence: (parts: string[]) => parts.join(', '),
};
