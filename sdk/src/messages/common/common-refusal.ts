/** Texts of every widget for who may not see its figures. */
export const commonRefusalMessages = {
  notPermitted: (what: string) => `Your role does not include the ${what}`,
  signedOut: 'You are signed out',
};
