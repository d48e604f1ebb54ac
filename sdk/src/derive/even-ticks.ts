const stepsMax = 5;
const steps = [1, 2, 5, 10, 20, 50];
/** Less has no room for the digits of a number. */
const leastSpan = 1e-300;

/**
 * Ticks of an axis that has zero in it, from the least amount or a little below it to the most or a little above: at most six, evenly
 * apart by 1, 2 or 5 times a power of ten. Zero alone where there is nothing else.
 */
export function evenTicks(most: number, least = 0): number[] {
  const above = Math.max(0, most);
  const below = Math.max(0, -least);
  const span = above + below;
  if (!(span > leastSpan && span < Infinity)) return [0];
  const power = Math.floor(Math.log10(span / stepsMax));
  // By a power of its own, since tenths have no exact number.
  const stepsFor = (amount: number, step: number) => Math.ceil(amount / 10 ** power / step);
  const step = steps.find((each) => stepsFor(above, each) + stepsFor(below, each) <= stepsMax) ?? 50;
  const first = -stepsFor(below, step);
  return Array.from({ length: stepsFor(above, step) - first + 1 }, (_, place) =>
    Number(`${(first + place) * step}e${power}`),
  );
}
