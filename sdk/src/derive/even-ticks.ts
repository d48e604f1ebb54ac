const stepsMax = 5;

/** Ticks of an axis from zero to the amount or a little above it: at most six, evenly apart by 1, 2 or 5 times a power of ten. */
export function evenTicks(most: number): number[] {
  if (!(most > 0)) return [0];
  const power = Math.floor(Math.log10(most / stepsMax));
  // By a power of its own, since tenths have no exact number.
  const inPowers = most / 10 ** power;
  const step = [1, 2, 5, 10, 20].find((each) => inPowers <= each * stepsMax) ?? 20;
  const count = Math.ceil(inPowers / step);
  return Array.from({ length: count + 1 }, (_, place) => Number(`${place * step}e${power}`));
}
