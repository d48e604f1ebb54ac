/** How a meter can stand, from the calmest to the worst. `unlimited` is a meter without a cap, `observed` one that is only measured. */
export const meterLevels = ['observed', 'unlimited', 'ok', 'warning', 'high', 'over'] as const;

export type MeterLevel = (typeof meterLevels)[number];

/** Where the level of a meter changes, in percent of what is included; each step holds from its own figure on. */
export const levelSteps = { warning: 80, high: 90, over: 100 } as const;

/** A soft limit refuses what would end beyond this many percent of what is included. */
export const softLimitPercent = 110;

/** How a meter stands at so many percent of what is included. */
export function levelOfPercent(percent: number): MeterLevel {
  if (percent >= levelSteps.over) return 'over';
  if (percent >= levelSteps.high) return 'high';
  if (percent >= levelSteps.warning) return 'warning';
  return 'ok';
}
