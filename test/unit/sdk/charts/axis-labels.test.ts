import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketLabels } from '../../../../sdk/src/charts/axis/bucket-labels.ts';
import { fittingLabels } from '../../../../sdk/src/charts/axis/fitting-labels.ts';
import { guessedWidth } from '../../../../sdk/src/charts/axis/text-width.ts';
import { bucketScale } from '../../../../sdk/src/charts/scale/bucket-scale.ts';
import { createFormat } from '../../../../sdk/src/format/create-format.ts';

const widthOf = (words: string) => guessedWidth(words, 12);
const ends = { left: 40, right: 640 };

function labelsOf(
  words: readonly string[],
  { width = 640, rightToLeft = false, kind = 'bands' as 'bands' | 'points' } = {},
) {
  const room = { left: 40, right: width };
  const buckets = bucketScale({ ...room, count: words.length, kind, rightToLeft });
  return fittingLabels({ words, buckets, ...room, gap: 24, widthOf });
}

describe('the names of buckets on their axis', () => {
  it('A9: never reach into each other or out of the drawing, whatever their length, number and direction', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 24 }), { maxLength: 400 }),
        fc.integer({ min: 60, max: 1_400 }),
        fc.boolean(),
        fc.constantFrom('bands' as const, 'points' as const),
        (words, width, rightToLeft, kind) => {
          const labels = labelsOf(words, { width, rightToLeft, kind });
          const spans = labels
            .map(
              ({ middle, words: text }) => [middle - widthOf(text) / 2, middle + widthOf(text) / 2] as const,
            )
            .toSorted(([one], [other]) => one - other);
          spans.forEach(([from, to], place) => {
            expect(from).toBeGreaterThanOrEqual(40 - 1e-6);
            expect(to).toBeLessThanOrEqual(width + 1e-6);
            if (place > 0) expect(from).toBeGreaterThan(spans[place - 1]?.[1] ?? 0);
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('A9: are fewer on a narrow chart, evenly apart, from the first on', () => {
    const words = Array.from({ length: 30 }, (_, day) => `Nov ${day + 1}`);
    const places = (width: number) => labelsOf(words, { width }).map(({ index }) => index);
    expect(places(720).slice(0, 3)).toEqual([0, 3, 6]);
    expect(places(340).slice(0, 3)).toEqual([0, 7, 14]);
    expect(places(340).length).toBeLessThan(places(720).length);
  });

  it('A9: of hours have the date of each day among them, after the clocks were changed as well', () => {
    const buckets = { interval: 'hour', timeZone: 'Europe/Berlin' } as const;
    const format = createFormat({ locale: 'en-US', timeZone: 'Europe/Berlin' });
    // The night from 24 to 25 October 2026 has 25 hours.
    const hours = Array.from({ length: 49 }, (_, hour) =>
      new Date(Date.parse('2026-10-24T22:00:00Z') + hour * 3_600_000).toISOString(),
    );
    const labels = bucketLabels(
      hours.map((at) => ({ at })),
      buckets,
      format,
    );
    const scale = bucketScale({ ...ends, count: hours.length, kind: 'bands', rightToLeft: false });
    const shown = fittingLabels({ ...labels, buckets: scale, ...ends, gap: 24, widthOf });
    expect(shown.map(({ words }) => words)).toContain('Oct 26');
    const [first, second] = shown;
    expect(24 % ((second?.index ?? 0) - (first?.index ?? 0))).toBe(0);
  });

  it('A9: are none where there is no bucket, and no room', () => {
    expect(labelsOf([])).toEqual([]);
    expect(labelsOf(['November 1'], { width: 50 })).toEqual([]);
  });

  it('A9: are guessed to be wider in scripts whose letters are', () => {
    expect(widthOf('11月22日')).toBeGreaterThan(widthOf('11.22.'));
    expect(widthOf('')).toBe(0);
  });
});
