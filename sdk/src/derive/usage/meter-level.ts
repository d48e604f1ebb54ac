import { levelOfPercent, type MeterLevel } from '@usagekit/server/contract';

/** How a meter stands at so many percent; null, which is no cap, is `unlimited`. */
export function meterLevel(percent: number | null): MeterLevel {
  return percent === null ? 'unlimited' : levelOfPercent(percent);
}
