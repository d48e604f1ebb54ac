import type { ErasedRows } from './state.ts';

/** The name of the rollups in the proof of an erasure. */
export const rollupsNoun = 'rollups';
/** And the answers that are kept for replay. */
export const answersNoun = 'kept answers';

/** Adds up the slices' results, by noun; nouns without changes are left out. */
export function addErased(
  before: readonly ErasedRows[],
  added: readonly ErasedRows[],
): readonly ErasedRows[] {
  const sums = new Map(before.map((rows) => [rows.noun, rows]));
  for (const { noun, replaced, removed, kept } of added) {
    if (replaced + removed + kept === 0) continue;
    const sum = sums.get(noun) ?? { noun, replaced: 0, removed: 0, kept: 0 };
    sums.set(noun, {
      noun,
      replaced: sum.replaced + replaced,
      removed: sum.removed + removed,
      kept: sum.kept + kept,
    });
  }
  return [...sums.values()];
}
