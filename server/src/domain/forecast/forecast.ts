/**
 * Forecasts the further use, with an interval, from the use of each past day.
 *
 * Days are weighted by weekday. The rest has a level that follows the data by exponential smoothing; the smoothing factor is the
 * one that would have predicted the past weeks best. The spread of a sum of days is that of a local level: the variance of the
 * noise times the sum of (1 + j·pace)² over the days (Hyndman, Koehler, Ord and Snyder, 'Forecasting with Exponential Smoothing',
 * 2008, chapter 6).
 *
 * Figures are floating point numbers: an estimate is not an amount, and nothing is decided or charged by it.
 */

/** A day that has ended. */
export interface DayOfUse {
  /** 0 to 6, any day of the week first. */
  readonly weekday: number;
  /** At least 0. */
  readonly used: number;
}

/** A future day, or the rest of the present one. */
export interface DayAhead {
  readonly weekday: number;
  /** How much of the day is left, 0 to 1. */
  readonly share: number;
}

/** The expected addition of a day. Each figure is at least 0, and `low` ≤ `expected` ≤ `high`. */
export interface ForecastPath {
  /** Sums up to the end of each day ahead. */
  readonly expected: readonly number[];
  /** One time in ten it is less. */
  readonly low: readonly number[];
  /** One time in ten it is more. */
  readonly high: readonly number[];
}

/** Fewer days than these tell nothing of a week. */
export const forecastDaysMin = 14;
/** Days longer ago tell nothing of the present. */
export const forecastDaysMax = 84;
/** The share of cases that the interval is meant to hold. */
export const forecastIntervalShare = 0.8;

/** How far from the mean a normal spread has a tenth of its cases beyond. */
const tenthBeyond = 1.2816;
const paces = [0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8];
/** A day further off than so many usual deviations moves the level by no more than that: a holiday or a spike passes. */
const surpriseMax = 3;
/** A weekday is trusted by what it showed, and by so many days of a usual week. */
const usualWeekdays = 1;
/** Days of the least weight say nothing of the level. */
const weightMin = 0.08;
/** Surprises of one sign are noise up to here, in usual deviations. */
const driftIgnored = 0.9;
/** The largest share of its surprise that a day gives to the level while that moves. */
const hasteMax = 0.5;
/** How fast drift and deviation follow the days. */
const driftPace = 0.25;
const spreadPace = 0.08;
/** So many days back tell how large noise and spikes are. */
const noiseDays = 42;
const excessDays = 56;
/** A mean absolute deviation of 1 is a standard deviation of so much, where the spread is normal. */
const normalDeviation = 1.2533;

/** Null where there is too little to go by: fewer than `forecastDaysMin` days since the first use, or nothing used at all. */
export function forecastUse(days: readonly DayOfUse[], ahead: readonly DayAhead[]): ForecastPath | null {
  const first = days.findIndex(({ used }) => used > 0);
  if (first < 0) return null;
  const known = days.slice(Math.max(first, days.length - forecastDaysMax));
  if (known.length < forecastDaysMin) return null;
  const weights = weekdayWeights(known);
  const weighed = known.map(({ weekday, used }) => ({ weight: weights[weekday] ?? 1, used }));
  const fits = paces.map((pace) => fit(weighed, pace));
  const best = fits.reduce((a, b) => (b.error < a.error ? b : a));
  return pathOf(
    best,
    ahead.map(({ weekday, share }) => (weights[weekday] ?? 1) * share),
  );
}

/** How much each weekday takes of a usual day, 7 in all, drawn towards 1 where few of them were seen. */
function weekdayWeights(days: readonly DayOfUse[]): number[] {
  const ratios: number[][] = [[], [], [], [], [], [], []];
  for (const [index, { weekday, used }] of days.entries()) {
    // The week around the day, or the nearest whole one.
    const from = Math.min(Math.max(index - 3, 0), days.length - 7);
    const week = days.slice(from, from + 7).reduce((sum, day) => sum + day.used, 0) / 7;
    if (week > 0) ratios[weekday]?.push(used / week);
  }
  const seen = ratios.map((own) => (median(own) * own.length + usualWeekdays) / (own.length + usualWeekdays));
  const mean = seen.reduce((sum, weight) => sum + weight, 0) / 7;
  return seen.map((weight) => weight / mean);
}

interface WeighedDay {
  readonly weight: number;
  readonly used: number;
}

interface Fit {
  readonly pace: number;
  readonly level: number;
  /** For a day of weight 1. */
  readonly deviation: number;
  /** How wrong the sums of a week ahead were. */
  readonly error: number;
}

function fit(days: readonly WeighedDay[], pace: number): Fit {
  const start = days.slice(0, 7);
  let level =
    sumOf(start, ({ used }) => used) /
    Math.max(
      sumOf(start, ({ weight }) => weight),
      weightMin,
    );
  let spread = Math.max(level * 0.5, Number.MIN_VALUE);
  let drift = 0;
  const levels: number[] = [];
  const residuals: number[] = [];
  const excesses: number[] = [];
  for (const { weight, used } of days) {
    levels.push(level);
    if (weight < weightMin) continue;
    const surprise = used / weight - level;
    const bound = surpriseMax * spread;
    const counted = Math.max(-bound, Math.min(bound, surprise));
    residuals.push(surprise * Math.sqrt(weight));
    // Spikes do not move the level, but so many of them are to be expected again.
    excesses.push(surprise - counted);
    // Surprises of one sign, day after day, are a new level and no noise: it is followed faster (Trigg and Leach, 1967).
    drift += driftPace * Math.min(1, weight) * (counted / spread - drift);
    const haste = Math.min(1, Math.max(0, Math.abs(drift) - driftIgnored));
    const step = (pace + Math.max(0, hasteMax - pace) * haste) * counted * Math.min(1, weight);
    level = Math.max(0, level + step);
    drift -= driftPace * (step / spread);
    spread += spreadPace * (Math.min(Math.abs(surprise) * normalDeviation, 2 * bound) - spread);
  }
  const recent = residuals.slice(-noiseDays);
  const deviation = Math.sqrt(sumOf(recent, (residual) => residual ** 2) / Math.max(1, recent.length - 1));
  const spikes = excesses.slice(-excessDays);
  const excess = sumOf(spikes, (value) => value) / Math.max(1, spikes.length);
  return { pace, level: Math.max(0, level + excess), deviation, error: errorOfWeeks(days, levels) };
}

/** Mean absolute error of the sums of the seven days after each day, by what the level was then. */
function errorOfWeeks(days: readonly WeighedDay[], levels: readonly number[]): number {
  let error = 0;
  let count = 0;
  for (let from = 7; from + 7 <= days.length; from += 1) {
    const week = days.slice(from, from + 7);
    const told = (levels[from] ?? 0) * sumOf(week, ({ weight }) => weight);
    error += Math.abs(sumOf(week, ({ used }) => used) - told);
    count += 1;
  }
  return count === 0 ? 0 : error / count;
}

function pathOf({ level, deviation, pace }: Fit, weights: readonly number[]): ForecastPath {
  const expected: number[] = [];
  const low: number[] = [];
  const high: number[] = [];
  let sum = 0;
  for (let end = 1; end <= weights.length; end += 1) {
    sum += level * (weights[end - 1] ?? 0);
    // The effect of one day's deviation: itself, and its share of each later day.
    let variance = 0;
    let after = 0;
    for (let day = end - 1; day >= 0; day -= 1) {
      const weight = weights[day] ?? 0;
      variance += weight <= 0 ? 0 : (Math.sqrt(weight) + pace * after) ** 2;
      after += weight;
    }
    const beyond = tenthBeyond * deviation * Math.sqrt(variance);
    expected.push(sum);
    low.push(Math.max(0, low[end - 2] ?? 0, sum - beyond));
    high.push(sum + beyond);
  }
  return { expected, low, high };
}

function sumOf<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}

function median(values: readonly number[]): number {
  if (values.length === 0) return 1;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
