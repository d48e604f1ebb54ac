/** Texts of UsageForecast. */
export const usageForecastMessages = {
  what: 'forecast',
  title: 'Forecast',
  emptyTitle: 'No forecast yet',
  emptyDetail: 'It begins after two weeks of use.',
  /** `930 of 1,000 emails`. */
  ofIncluded: (expected: string, included: string) => `about ${expected} of ${included}`,
  about: (expected: string) => `about ${expected}`,
  runsOut: (date: string, relative: string) => `Runs out around ${date}, ${relative}`,
  runsOutBetween: (earliest: string, latest: string) => `between ${earliest} and ${latest}`,
  runsOutFrom: (earliest: string) => `on ${earliest} at the earliest`,
  mayRunOut: (earliest: string) => `May run out, on ${earliest} at the earliest`,
  /** On the day itself, by the hour. */
  today: {
    runsOut: (time: string) => `Runs out around ${time}`,
    runsOutFrom: (earliest: string) => `${earliest} at the earliest`,
    mayRunOut: (earliest: string) => `May run out, ${earliest} at the earliest`,
  },
  hasRunOut: 'Used up',
  lasts: (date: string, low: string, high: string) =>
    `Lasts until ${date}, with ${low} to ${high} used by then`,
  range: (low: string, high: string, date: string) => `${low} to ${high} by ${date}`,
  /** A sentence of two parts. */
  joined: (first: string, second: string) => `${first}, ${second}`,
  method: (percent: string) =>
    `Computed from the past weeks, weekday by weekday. Ranges hold ${percent} of the time.`,
};
