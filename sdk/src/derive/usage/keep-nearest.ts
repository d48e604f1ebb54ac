import type { MeterLevel } from '@usagekit/server/contract';

/**
 * At most so many meters, in their order. What is nearest to its limit stays, and so does whatever has reached the level of a
 * warning, the nearest first; of the others the first do, so that they do not come and go with every use.
 */
export function keepNearest<Each extends { percent: number | null; level: MeterLevel }>(
  meters: readonly Each[],
  countMax: number,
): readonly Each[] {
  const shares = meters.map(({ percent }) => percent ?? 0);
  const nearest = Math.max(...shares);
  const weightOf = ({ percent, level }: Each) =>
    percent !== null && (percent === nearest || /warning|high|over/.test(level)) ? percent : 0;
  const kept = [...meters].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, countMax);
  return meters.filter((each) => kept.includes(each));
}
