import type { DecimalString, Instant, UnitLabel } from '../values/amount.ts';

/** An expectation, and the interval that holds the truth in `Forecast.intervalPercent` of a hundred cases. */
export interface ForecastAmount {
  expected: DecimalString;
  low: DecimalString;
  high: DecimalString;
}

/** When the rest is used up; never later than the end of the cycle or window. */
export interface RunsOut {
  /** Null where it is not expected until then. */
  expectedAt: Instant | null;
  /** At the high end of the interval. */
  earliestAt: Instant;
  /** At the low end of the interval; null if the rest then lasts until the cycle ends. */
  latestAt: Instant | null;
}

/** What one metric, or one window of it, will have come to at its end. */
export interface ForecastFigure {
  /** A metric id, or `credits` for spent credits. */
  metric: string;
  /** The plan's window of time that it is of, whose limit is `included` and whose end is `endsAt`; null for the cycle. */
  window: string | null;
  label: string;
  unit: UnitLabel;
  /** Used in this cycle or window so far, including held amounts. */
  used: DecimalString;
  /** The amount available for the cycle or window; null without a limit. */
  included: DecimalString | null;
  /** The expected use at the end of the cycle; at least `used`. */
  atEnd: ForecastAmount;
  /** Null where it lasts at the high end of the interval too, or has no limit. */
  runsOut: RunsOut | null;
  /** The days that the forecast is based on: those since the first use, at most `forecastDaysMax`. */
  days: number;
  endsAt: Instant;
}

/**
 * Answer of `GET /v1/accounts/{id}/forecast`. Figures with too little data are absent, as are figures that the caller may not
 * see.
 */
export interface Forecast {
  /** The method: a level that follows the last weeks, weighted by weekday. */
  method: 'weekday_level';
  intervalPercent: number;
  figures: ForecastFigure[];
  timeZone: string;
  asOf: Instant;
}
