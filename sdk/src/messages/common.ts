/** Texts that every widget shares. */
export const commonMessages = {
  retry: 'Try again',
  loading: (what: string) => `Loading ${what}`,
  failed: (what: string) => `The ${what} could not be loaded`,
  failedDetail: 'The last request did not get through.',
  failedUnavailable: 'The server does not answer at the moment.',
  notPermitted: (what: string) => `Your role does not include the ${what}`,
  notPermittedDetail: 'An owner or admin can see it, or give you access.',
  signedOut: 'You are signed out',
  signedOutDetail: 'Sign in again to go on.',
  stale: (age: string) => `Last updated ${age}`,
  staleDetail: 'These figures may be out of date until the connection is back.',
  asOf: (time: string) => `As of ${time}`,
  close: 'Close',
  more: (count: string) => `${count} more`,
  fewer: 'Fewer',
};
