import type { Share } from '../../../derive/usage/top-shares.ts';

/** The rest has the same colour everywhere. */
export const restColour = 7;
const colours = [1, 2, 3, 4, 5, 6];

/** Which colour each value has; kept while values come and go, so that a change of range does not repaint what stays. */
export type ColoursByValue = Map<string, number>;

/** Gives each share a colour: the one that its value had, else the first that no other share has now. */
export function stackColours(shares: readonly Share[], kept: ColoursByValue): number[] {
  const named = shares.filter(({ restCount }) => !restCount).map(({ value }) => keyOf(value));
  const taken = new Set(named.flatMap((key) => kept.get(key) ?? []));
  for (const key of named) {
    if (kept.has(key)) continue;
    const free = colours.find((colour) => !taken.has(colour)) ?? restColour;
    // Whoever had it is not shown now, and gets another when it comes back.
    for (const [other, colour] of kept) if (colour === free) kept.delete(other);
    kept.set(key, free);
    taken.add(free);
  }
  return shares.map(({ value, restCount }) =>
    restCount ? restColour : (kept.get(keyOf(value)) ?? restColour),
  );
}

/** A missing value differs from every set value. */
function keyOf(value: string | null): string {
  return value === null ? 'unset' : `value ${value}`;
}
