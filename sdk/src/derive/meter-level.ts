import type { MeterLevel } from '@usagekit/server/contract';

/** Where a meter's colour changes, in percent of what is included; each step holds from its own figure on. */
export const levelSteps = { warning: 80, high: 90, over: 100 } as const;

/** How a meter stands at so many percent; null, which is no cap, is `unlimited`. */
export function meterLevel(percent: number | null): MeterLevel {
  if (percent === null) return 'unlimited';
  if (percent >= levelSteps.over) return 'over';
  if (percent >= levelSteps.high) return 'high';
  if (percent >= levelSteps.warning) return 'warning';
  return 'ok';
}
