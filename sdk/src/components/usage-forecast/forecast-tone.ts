import type { ForecastFigure } from '@usagekit/server/contract';

/** `out` where it is expected to run out, `close` where it may, else `calm`. */
export function forecastTone({ runsOut }: Pick<ForecastFigure, 'runsOut'>): 'calm' | 'close' | 'out' {
  if (runsOut === null) return 'calm';
  return runsOut.expectedAt === null ? 'close' : 'out';
}
