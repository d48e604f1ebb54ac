/** Texts that every widget shares. */
export const commonMessages = {
  loading: (what: string) => `Loading ${what}`,
  asOf: (time: string) => `As of ${time}`,
  close: 'Close',
  more: (count: string) => `${count} more`,
  fewer: 'Fewer',
};
