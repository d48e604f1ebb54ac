import type { DecimalString } from '@usagekit/server/contract';

/**
 * The decimals of short amounts that stand in one column: those of the amount that has the most, two at most, so that points stand
 * beneath each other. `figure`, `amount` and `signed` of the format take it. Sentences and headline figures go without.
 *
 * @param amounts of every row, those that are folded away included, so that nothing changes when they are unfolded
 */
export const columnDecimals = (amounts: readonly (DecimalString | null | undefined)[]): number =>
  amounts.reduce((most, amount) => Math.max(most, (/\.\d?[1-9]/.exec(`${amount}`)?.[0].length ?? 1) - 1), 0);
