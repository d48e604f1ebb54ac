/** Milliseconds of an hour. */
export const msPerHour = 3_600_000;
/** Milliseconds of a day of 24 hours. */
export const msPerDay = 86_400_000;

/** A delay that doubles with each time, up to a longest one: the first itself after 0 times, twice as long after 1. */
export function doubled(first: number, times: number, longest = Number.POSITIVE_INFINITY): number {
  return Math.min(first * 2 ** times, longest);
}
