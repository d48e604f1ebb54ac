import type { WindowKind } from '@usagekit/server/contract';

/** Texts of UsagePanel for what only some accounts have. */
export const usagePanelExtrasMessages = {
  showMoney: (symbol: string) => `Show ${symbol}`,
  legendUsed: 'Used',
  legendIncluded: 'Included',
  legendHeld: 'Held',
  legendOver: 'Over',
  balance: (available: string) => `Balance: ${available} available`,
  balanceHeld: (held: string) => `${held} held`,
  metersFine: 'All meters are well within their limits.',
  /** `names` is already a list as the locale writes one. */
  metersAttention: (count: number, names: string) =>
    count === 1
      ? `${names} is close to its limit or beyond it.`
      : `${names} are close to their limits or beyond them.`,
  categories: 'By category',
  /** What the catalog puts in no category. */
  uncategorized: 'Other',
  myUsage: 'My usage',
  windows: 'Time limits',
  /** `Resets in 2 h 10 min`; either part is empty where it is zero. */
  windowResets: (hours: string, minutes: string, kind: WindowKind) =>
    `${kind === 'rolling' ? 'Gives back' : 'Resets'} in ${hours && `${hours} h `}${minutes && `${minutes} min`}`.trim(),
  windowOwn: (note: string) => `Yours alone · ${note}`,
  shared: 'Of the pool that everyone shares',
  allocation: 'Of your allocation',
  emptyTitle: 'No usage yet',
  emptyDetail: 'Meters appear here with the first use.',
};
