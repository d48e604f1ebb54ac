import type { DecimalString } from '@usagekit/server/contract';

/** The decimals of amounts that stand in one column whose every digit is shown; nine at most, as a rate has. */
export const exactColumnDecimals = (amounts: readonly DecimalString[]): number =>
  amounts.reduce((most, amount) => Math.max(most, /\.(\d{0,8}[1-9])/.exec(amount)?.[1]?.length ?? 0), 0);
