import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createSeededRandom } from '../../../../sdk/src/testing/platform/seeded-random.ts';
import { type DayOfUse, forecastUse } from '../../../../server/src/domain/forecast/forecast.ts';

const cycleDays = 30;
/** So many days into a cycle it is asked where the cycle is heading. */
const asked = [5, 8, 11, 14, 17, 20, 23, 26];

const daysOf = (series: readonly number[]): DayOfUse[] =>
  series.map((used, day) => ({ weekday: day % 7, used }));
const ahead = (from: number, until: number) =>
  Array.from({ length: until - from }, (_, index) => ({ weekday: (from + index) % 7, share: 1 }));
const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** How a forecast would have done in every cycle of the series, compared with 'the same pace to the end'. */
function backTest(all: readonly (readonly number[])[]) {
  let cases = 0;
  let held = 0;
  let error = 0;
  let errorOfPace = 0;
  for (const series of all) {
    for (let start = cycleDays; start + cycleDays <= series.length; start += cycleDays) {
      const end = start + cycleDays;
      for (const into of asked) {
        const now = start + into;
        const path = forecastUse(daysOf(series.slice(0, now)), ahead(now, end));
        if (path === null) continue;
        const truth = sumOf(series.slice(now, end));
        const pace = (sumOf(series.slice(start, now)) / into) * (end - now);
        cases += 1;
        if (truth >= (path.low.at(-1) ?? 0) && truth <= (path.high.at(-1) ?? 0)) held += 1;
        error += Math.abs(truth - (path.expected.at(-1) ?? 0));
        errorOfPace += Math.abs(truth - pace);
      }
    }
  }
  return { cases, held: held / cases, error: error / errorOfPace };
}

const week = [1.2, 1.3, 1.25, 1.2, 1.1, 0.5, 0.45];
type Shape = (day: number, random: () => number) => number;
const shapes: Record<string, Shape> = {
  weekdays: (day) => 100 * (week[day % 7] ?? 1),
  'a rising trend': (day) => (40 + day) * (week[day % 7] ?? 1),
  'a falling trend': (day) => (220 - day) * (week[day % 7] ?? 1),
  holidays: (day) => (day % 37 < 3 ? 10 : 100) * (week[day % 7] ?? 1),
  spikes: (day, random) => (random() < 0.04 ? 400 : 100) * (week[day % 7] ?? 1),
  'a change of level': (day) => (day < 90 ? 60 : 150) * (week[day % 7] ?? 1),
};

/** Half a year of a shape, with noise of a fifth of each day. */
function seriesOf(shape: Shape, seed: number): number[] {
  const random = createSeededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(random() || 1e-9)) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: 180 }, (_, day) => shape(day, random) * Math.max(0, 1 + 0.2 * normal()));
}

describe('the forecast of what will have been used', () => {
  it.each(Object.keys(shapes))(
    'F6: beats the same pace to the end, and its interval holds, over %s',
    (name) => {
      const shape = shapes[name] as Shape;
      const { cases, held, error } = backTest(
        Array.from({ length: 20 }, (_, seed) => seriesOf(shape, seed * 77 + 5)),
      );
      expect(cases).toBe(800);
      expect(held).toBeGreaterThanOrEqual(0.7);
      expect(held).toBeLessThanOrEqual(0.9);
      expect(error).toBeLessThan(1);
    },
  );

  it('F6: does so over the commits that a public repository got on each day of five months', () => {
    const file = fileURLToPath(new URL('../data/github.csv', import.meta.resolve('vega-datasets')));
    const byDay = new Map<string, number>();
    for (const line of readFileSync(file, 'utf8').trim().split('\n').slice(1)) {
      const [time = '', count] = line.split(',');
      const day = time.slice(0, 10).replaceAll('/', '-');
      byDay.set(day, (byDay.get(day) ?? 0) + Number(count));
    }
    const series: number[] = [];
    for (let atMs = Date.UTC(2015, 0, 1); atMs <= Date.UTC(2015, 4, 30); atMs += 86_400_000)
      series.push(byDay.get(new Date(atMs).toISOString().slice(0, 10)) ?? 0);
    expect(series).toHaveLength(150);
    const { held, error } = backTest([series]);
    expect(held).toBeGreaterThanOrEqual(0.7);
    expect(held).toBeLessThanOrEqual(0.9);
    expect(error).toBeLessThan(1);
  });

  it('F6: says nothing of less than two weeks, nor where nothing was used', () => {
    expect(forecastUse(daysOf([...Array(60).fill(0), ...Array(13).fill(5)]), ahead(73, 80))).toBeNull();
    expect(forecastUse(daysOf([...Array(60).fill(0), ...Array(14).fill(5)]), ahead(74, 80))).not.toBeNull();
    expect(forecastUse(daysOf(Array(60).fill(0)), ahead(60, 80))).toBeNull();
    expect(forecastUse([], ahead(0, 3))).toBeNull();
  });

  it('F6: expects a steady use to go on, by weekday, for the share of the day that is left', () => {
    const days = daysOf(Array.from({ length: 56 }, (_, day) => (day % 7 < 5 ? 20 : 0)));
    const path = forecastUse(days, [
      { weekday: 0, share: 0.5 },
      { weekday: 5, share: 1 },
      { weekday: 1, share: 1 },
    ]);
    const [half = 0, withSaturday = 0, withTuesday = 0] = path?.expected ?? [];
    expect(half).toBeGreaterThan(8.5);
    expect(half).toBeLessThan(11.5);
    expect(withSaturday - half).toBeLessThan(6);
    expect(withTuesday - withSaturday).toBeGreaterThan(16);
  });

  it('F6: has paths that rise day by day, from the low to the high', () => {
    const path = forecastUse(daysOf(seriesOf(shapes.spikes as Shape, 3)), ahead(180, 210));
    for (const [day, expected] of (path?.expected ?? []).entries()) {
      expect(path?.low[day]).toBeLessThanOrEqual(expected);
      expect(path?.high[day]).toBeGreaterThanOrEqual(expected);
      expect(expected).toBeGreaterThanOrEqual(path?.expected[day - 1] ?? 0);
      expect(path?.low[day]).toBeGreaterThanOrEqual(path?.low[day - 1] ?? 0);
      expect(path?.high[day]).toBeGreaterThanOrEqual(path?.high[day - 1] ?? 0);
    }
  });
});
