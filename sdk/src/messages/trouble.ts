/** Texts of every widget's states in which something is wrong. */
export const troubleMessages = {
  retry: 'Try again',
  failed: (what: string) => `The ${what} could not be loaded`,
  failedDetail: 'The last request did not get through.',
  failedUnavailable: 'The server does not answer at the moment.',
  notPermitted: (what: string) => `Your role does not include the ${what}`,
  notPermittedDetail: 'An owner or admin can see it, or give you access.',
  signedOut: 'You are signed out',
  signedOutDetail: 'Sign in again to go on.',
  stale: (age: string) => `Last updated ${age}`,
  staleDetail: 'These figures may be out of date until the connection is back.',
};
