/** Texts of UsagePanel, without those of what only some accounts have. */
export const usagePanelMessages = {
  what: 'usage',
  title: 'Usage',
  plan: (name: string) => `${name} plan`,
  /** Where times are shown in another zone than the account's, in which its days begin. */
  period: (period: string, timeZone: string) => `${period}, ${timeZone}`,
  resets: (when: string) => `resets ${when}`,
  resetsOn: (date: string) => `Resets ${date}`,
  /** One sentence on how the budget stands, from figures to where it goes. */
  stands: (used: string) => `You have used ${used}.`,
  standsHeld: (held: string) => `Running tasks hold another ${held}.`,
  standsOver: (over: string, included: string) => `You are ${over} over the ${included} that are included.`,
  standsAt: (included: string) => `You have used all of the ${included}.`,
  percentOf: (percent: string, label: string) => `${percent} of the ${label}`,
  amountOf: (used: string, included: string) => `${used} of ${included}`,
  runsOut: (date: string) => `At this cycle’s pace it runs out on ${date}.`,
  lasts: (percent: string) => `At this cycle’s pace about ${percent} will be used when it resets.`,
  untilReset: (when: string) => `It resets ${when}.`,
  meters: 'Account meters',
  /** Meters in no group, below those that are in one. */
  ungrouped: 'Other',
};
