/** A name within a sentence; one that begins with an abbreviation, such as 'API key', stays. */
const withinSentence = (name: string) => name.replace(/^\p{Lu}(?=\p{Ll})/u, (first) => first.toLowerCase());

/** Texts of charts and breakdowns. */
export const chartMessages = {
  what: 'usage over time',
  title: 'History',
  asTable: 'As table',
  by: 'Shown by',
  range: 'Range',
  ranges: {
    cycle: 'This cycle',
    previousCycle: 'The cycle before',
    days7: 'Last 7 days',
    days30: 'Last 30 days',
    days90: 'Last 90 days',
    custom: 'From … to …',
  },
  from: 'From',
  to: 'To',
  /** The action of a legend's row. */
  toggle: 'Show in the chart',
  stackedName: (label: string, by: string, dimension: string, total: string, period: string) =>
    `${label} ${by} and ${withinSentence(dimension)}, ${period}: ${total} in all`,
  metric: 'Metric',
  compare: 'Second metric',
  compareNone: 'No second metric',
  credits: 'Credits spent',
  /** The same where the balance is money. */
  spent: 'Spent',
  /** The choice of the bars' length: its options, the head of the table's column, and how a chart is named. */
  step: 'Steps',
  steps: {
    hour: { name: 'Hours', one: 'Hour', by: 'by hour' },
    day: { name: 'Days', one: 'Day', by: 'by day' },
    week: { name: 'Weeks', one: 'Week', by: 'by week' },
    month: { name: 'Months', one: 'Month', by: 'by month' },
  },
  /** The sum of the cycle as it grows, in place of each day. */
  running: 'Running total',
  /** Whose use is shown, for those who may see everyone's. */
  whose: 'Whose use',
  everyone: 'Everyone',
  mine: 'My usage',
  share: 'Share',
  total: 'Total',
  previous: 'Period before',
  expected: 'Expected, at the mean so far, today included',
  /** The whole days so far against as many of the period before; 3 days or more. */
  trendMore: (percent: string, days: string) =>
    `In the first ${days} days ${percent} more than in the period before`,
  trendLess: (percent: string, days: string) =>
    `In the first ${days} days ${percent} less than in the period before`,
  trendSame: (days: string) => `In the first ${days} days as much as in the period before`,
  tabs: {
    day: 'Time',
    agent: 'Agent',
    project: 'Project',
    member: 'Member',
    apiKey: 'API key',
    category: 'Category',
    tool: 'Tool',
    model: 'Model',
    tier: 'Tier',
    lineItem: 'Line item',
  },
  rest: (count: number, written: string) => (count === 1 ? '1 other' : `${written} others`),
  /** Kinds of line items, where use is shown by them. */
  lineItems: { llm: 'Models', tool: 'Tools', storage: 'Storage', metric: 'Other' },
  /** Use without a value, such as without a tool. */
  unnamed: (dimension: string) => `No ${withinSentence(dimension)}`,
  months: 'Six months',
  monthsWhat: 'monthly history',
  /** After a counter's figure of the month under way. */
  soFar: 'this month',
  /** A chart's content in one sentence, which is also its name. */
  name: (label: string, by: string, total: string, period: string) =>
    `${label} ${by}, ${period}: ${total} in all`,
  highest: (name: string, amount: string, date: string) => `${name}, most on ${date}: ${amount}`,
  emptyTitle: 'Nothing to draw yet',
  emptyDetail: 'The chart begins with the first use in this period.',
};
