import type { DecimalString, Instant, UnitLabel } from './amount.ts';

/** An expectation, and the interval that holds the truth in `Forecast.intervalPercent` of a hundred cases. */
export interface ForecastAmount {
  expected: DecimalString;
  low: DecimalString;
  high: DecimalString;
}

/** When what is left is used up; never later than the end of the cycle. */
export interface RunsOut {
  /** Null where it is not expected within the cycle. */
  expectedAt: Instant | null;
  /** At the high end of the interval. */
  earliestAt: Instant;
  /** At the low end; null where what is left then lasts until the cycle ends. */
  latestAt: Instant | null;
}

export interface ForecastFigure {
  /** A metric id, or `credits` for what is spent. */
  metric: string;
  label: string;
  unit: UnitLabel;
  /** In this cycle so far, with what is held. */
  used: DecimalString;
  /** What there is for the cycle; null without a limit. */
  included: DecimalString | null;
  /** What will have been used when the cycle ends; at least `used`. */
  atEnd: ForecastAmount;
  /** Null where it lasts at the high end of the interval too, or has no limit. */
  runsOut: RunsOut | null;
  /** The days that it was reckoned from, those since the first use and at most `forecastDaysMax`. */
  days: number;
  endsAt: Instant;
}

/**
 * Answer of `GET /v1/accounts/{id}/forecast`. Figures that there is too little data for are absent, and so are those that the
 * caller may not see.
 */
export interface Forecast {
  /** How it was reckoned: a level that follows the last weeks, weighed by weekday. */
  method: 'weekday_level';
  intervalPercent: number;
  figures: ForecastFigure[];
  timeZone: string;
  asOf: Instant;
}
