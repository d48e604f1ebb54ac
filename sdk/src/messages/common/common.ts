/** Texts that every widget has. */
export const commonMessages = {
  loading: (what: string) => `Loading ${what}`,
  asOf: (time: string) => `As of ${time}`,
  failed: (what: string) => `The ${what} could not be loaded`,
};
