/** Texts of a meter that the catalog describes. */
export const meterAboutMessages = {
  about: (label: string) => `${label}: what counts`,
};
