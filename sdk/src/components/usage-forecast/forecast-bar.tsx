'use client';
import type { ForecastFigure } from '@usagekit/server/contract';

/**
 * The present use, the expected use after it, and a line over the range, with a mark at the end of the allowance. Renders an
 * `svg` that assistive technology ignores, since the sentence next to it says the same. Reads nothing.
 */
export function ForecastBar({ figure }: { figure: ForecastFigure }) {
  const { used, included, atEnd } = figure;
  const scale = Math.max(Number(included ?? 0), Number(atEnd.high)) || 1;
  const at = (value: string) => `${Math.min(100, Math.max(0, (Number(value) / scale) * 100))}%`;
  const isBeyond = included !== null && Number(included) < scale;
  return (
    <svg className="uk-forecast-bar" width="100%" height="14" aria-hidden="true">
      <rect className="uk-forecast-track" y="3" width="100%" height="8" rx="4" />
      <rect className="uk-forecast-expected" y="3" width={at(atEnd.expected)} height="8" rx="4" />
      <rect className="uk-forecast-used" y="3" width={at(used)} height="8" rx="4" />
      <line className="uk-forecast-range" x1={at(atEnd.low)} x2={at(atEnd.high)} y1="7" y2="7" />
      <line className="uk-forecast-range" x1={at(atEnd.low)} x2={at(atEnd.low)} y1="4" y2="10" />
      <line className="uk-forecast-range" x1={at(atEnd.high)} x2={at(atEnd.high)} y1="4" y2="10" />
      {isBeyond && <line className="uk-forecast-mark" x1={at(included)} x2={at(included)} y1="0" y2="14" />}
    </svg>
  );
}
