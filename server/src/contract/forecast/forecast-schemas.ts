import * as z from 'zod';
import { decimal, id, instant, unitLabel } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type { Forecast, ForecastAmount, ForecastFigure, RunsOut } from './forecast.ts';

export const forecastAmount = tied<ForecastAmount>()(
  z.strictObject({ expected: decimal, low: decimal, high: decimal }),
);
export const runsOut = tied<RunsOut>()(
  z.strictObject({ expectedAt: instant.nullable(), earliestAt: instant, latestAt: instant.nullable() }),
);
export const forecastFigure = tied<ForecastFigure>()(
  z.strictObject({
    metric: id,
    window: id.nullable(),
    label: z.string(),
    unit: unitLabel,
    used: decimal,
    included: decimal.nullable(),
    atEnd: forecastAmount,
    runsOut: runsOut.nullable(),
    days: z.int(),
    endsAt: instant,
  }),
);
export const forecast = tied<Forecast>()(
  z.strictObject({
    method: z.literal('weekday_level'),
    intervalPercent: z.number(),
    figures: z.array(forecastFigure),
    timeZone: z.string(),
    asOf: instant,
  }),
);
