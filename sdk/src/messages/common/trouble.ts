/** What every widget adds while something is wrong: why, and the way on. */
export const troubleMessages = {
  retry: 'Try again',
  failedDetail: 'The last request did not get through.',
  failedUnavailable: 'The server does not answer at the moment.',
  notPermittedDetail: 'An owner or admin can see it, or give you access.',
  signedOutDetail: 'Sign in again to go on.',
  otherAccountDetail: 'Reload the page, or sign in again.',
  stale: (age: string) => `Last updated ${age}`,
  lessThanMinute: 'less than a minute ago',
  staleDetail: 'These figures may be out of date until the connection is back.',
};
