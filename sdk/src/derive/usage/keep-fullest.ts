/** At most so many meters, in their order: those that are nearest to their limit or over it, and the first ones of equal ones. */
export function keepFullest<Each extends { percent: number | null }>(
  meters: readonly Each[],
  countMax: number,
): readonly Each[] {
  const kept = [...meters].sort((a, b) => Number(b.percent) - Number(a.percent)).slice(0, countMax);
  return meters.filter((each) => kept.includes(each));
}
