import bidiFactory, { type Bidi } from 'bidi-js';
import { type Face, faceFor, type Weight } from './faces.ts';

export type Direction = 'ltr' | 'rtl';

/** Characters that one face draws in one direction, in the order of their reading. */
export interface VisualRun {
  readonly text: string;
  readonly face: Face;
  readonly direction: Direction;
}

// The package is CommonJS but its types describe a module: the import is the factory itself.
const bidi = (bidiFactory as unknown as () => Bidi)();
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The direction of the text's first letter that has one, as rules P2 and P3 of UAX #9 say; `otherwise` where none has. */
export function directionOf(text: string, otherwise: Direction): Direction {
  for (const character of text) {
    const type = bidi.getBidiCharTypeName(character);
    if (type === 'L') return 'ltr';
    if (type === 'R' || type === 'AL') return 'rtl';
  }
  return otherwise;
}

/**
 * Splits one line into runs, from left to right as they are drawn, by the Unicode Bidirectional Algorithm (UAX #9).
 * Within a run the characters stay in reading order, since shaping needs them so.
 * @throws MissingGlyphError
 */
export function visualRuns(line: string, direction: Direction, weight: Weight): VisualRun[] {
  if (line === '') return [];
  const { levels } = bidi.getEmbeddingLevels(line, direction);
  const mirrored = bidi.getMirroredCharactersMap(line, levels);
  const runs: (VisualRun & { level: number })[] = [];
  for (const { segment, index } of graphemes.segment(line)) {
    const level = levels[index] ?? 0;
    const text = mirrored.get(index) ?? segment;
    const last = runs.at(-1);
    const face = faceOf(text, weight, last?.face);
    if (last !== undefined && last.level === level && last.face === face) {
      runs[runs.length - 1] = { ...last, text: last.text + text };
    } else {
      runs.push({ text, face, direction: level % 2 === 0 ? 'ltr' : 'rtl', level });
    }
  }
  return reordered(runs);
}

/** Spaces and marks stay with the run before them, so that a word is not torn where a face also has its space. */
function faceOf(grapheme: string, weight: Weight, before: Face | undefined): Face {
  const codePoints = [...grapheme].map((character) => character.codePointAt(0) ?? 0);
  if (before !== undefined && codePoints.every((codePoint) => before.has(codePoint))) return before;
  return faceFor(codePoints[0] ?? 0, weight);
}

/** Rule L2 of UAX #9: from the highest level to the lowest odd one, every sequence at that level or higher is reversed. */
function reordered<Run extends { level: number }>(runs: readonly Run[]): Run[] {
  const ordered = [...runs];
  const highest = Math.max(...runs.map(({ level }) => level));
  for (let level = highest; level >= 1; level -= 1) {
    let start = 0;
    while (start < ordered.length) {
      let end = start;
      while (end < ordered.length && (ordered[end]?.level ?? 0) >= level) end += 1;
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse());
      start = end + 1;
    }
  }
  return ordered;
}
