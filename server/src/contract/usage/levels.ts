/** How a meter can stand, from the calmest to the worst. `unlimited` is a meter without a cap, `observed` one that is only measured. */
export const meterLevels = ['observed', 'unlimited', 'ok', 'warning', 'high', 'over'] as const;

/** How near a limit is. */
export type MeterLevel = (typeof meterLevels)[number];

/** The steps at which a meter's level changes, in percent of the allowance; each step begins at its own figure. */
export const levelSteps = { warning: 80, high: 90, over: 100 } as const;

/** A soft limit refuses use that would exceed this percentage of the allowance. */
export const softLimitPercent = 110;

/** The level of a meter at a percentage of the allowance. */
export function levelOfPercent(percent: number): MeterLevel {
  if (percent >= levelSteps.over) return 'over';
  if (percent >= levelSteps.high) return 'high';
  if (percent >= levelSteps.warning) return 'warning';
  return 'ok';
}
