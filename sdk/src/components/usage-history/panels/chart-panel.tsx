'use client';
import type { UsageSeries } from '@usagekit/server/contract';
import { lazy, memo, Suspense, useCallback, useDeferredValue, useMemo, useRef } from 'react';
import { dayPoints, type ShownPeriod } from '../../../derive/usage/day-points.ts';
import { usageTrend } from '../../../derive/usage/usage-trend.ts';
import type { Format } from '../../../format/create-format.ts';
import { drawnEveryMs, useSettledDrawing } from '../../../hooks/base/use-settled-drawing.ts';
import type { Messages } from '../../../messages/messages.ts';
import { Skeleton } from '../../parts/widget/skeleton.tsx';
import { Amount } from '../../parts/words/amount.tsx';
import { unbroken } from '../../parts/words/unbroken.ts';
import type { FigurePart } from '../uses/figure-part.ts';
import { chartName } from './chart-name.ts';

// A drawing is larger than all figures; its code comes when a chart is first shown.
const DailyChart = lazy(() =>
  import('../../../charts/daily-chart.tsx').then((module) => ({ default: memo(module.DailyChart) })),
);

export interface ChartPanelProps {
  series: UsageSeries;
  previous?: UsageSeries | undefined;
  colour?: 2 | undefined;
  height: number;
  period: ShownPeriod;
  syncId: string;
  onOpenFigure: ((part: FigurePart) => void) | undefined;
  format: Format;
  messages: Messages['chart'];
}

/** One metric with its name and its sum above its chart. Renders a `figure`. Reads nothing. */
export function ChartPanel({
  series,
  previous,
  colour,
  height,
  period,
  syncId,
  onOpenFigure,
  format,
  messages,
}: ChartPanelProps) {
  // Figures come first; a drawing costs more than all of them, and may come a moment later.
  const drawn = useDrawnSeries(series);
  const drawnBefore = useDrawnSeries(previous);
  const { startsAt, endsAt } = period;
  const points = useMemo(
    () => dayPoints(drawn, { startsAt, endsAt }, drawnBefore),
    [drawn, startsAt, endsAt, drawnBefore],
  );
  const isExpected = points.some(({ expected }) => expected !== undefined);
  const open = useRef(onOpenFigure);
  open.current = onOpenFigure;
  const { metric } = drawn;
  const onBar = useCallback((at: string) => open.current?.({ metric, at }), [metric]);
  return (
    <figure className="uk-panel">
      <figcaption className="uk-panel-head">
        <span className="uk-legend-item">
          <span className="uk-dot" data-chart={colour ?? 1} />
          {series.label}
        </span>
        <Amount className="uk-strong" value={format.amount(series.total, series.unit)} />
        {(previous || isExpected) && (
          <span className="uk-panel-lines">
            {previous && (
              <span className="uk-legend-item">
                <span className="uk-panel-line" />
                {messages.previous}
              </span>
            )}
            {isExpected && (
              <span className="uk-legend-item">
                <span className="uk-panel-line" data-dashed />
                {messages.expected}
              </span>
            )}
          </span>
        )}
        {previous && <Trend {...{ series, previous, period, format, messages }} />}
      </figcaption>
      <Suspense fallback={<Skeleton height={height} />}>
        <DailyChart
          label={chartName(drawn, format, messages)}
          points={points}
          buckets={drawn}
          unit={drawn.unit}
          height={height}
          colour={colour ?? 1}
          syncId={syncId}
          onBar={onOpenFigure && onBar}
          format={format}
          messages={messages}
        />
      </Suspense>
    </figure>
  );
}

/** The series as it is drawn, which follows a stream of debits at a slower pace than the figures. */
function useDrawnSeries<Series extends UsageSeries | undefined>(series: Series): Series {
  const key =
    series &&
    `${series.metric} ${series.groupBy} ${series.interval} ${series.buckets[0]} ${series.buckets.length}`;
  return useDeferredValue(useSettledDrawing(series, drawnEveryMs.days, key));
}

interface TrendProps {
  series: UsageSeries;
  period: ShownPeriod;
  previous: UsageSeries;
  format: Format;
  messages: Messages['chart'];
}

/** The period so far against the one before, in words. Renders a `span`, or nothing where it is too early to say. */
function Trend({ series, previous, period, format, messages }: TrendProps) {
  const trend = usageTrend(series, previous, period);
  if (trend === null) return null;
  const days = format.number(trend.days);
  const percent = format.percent(Math.abs(trend.percent));
  return (
    <span className="uk-caption uk-panel-trend">
      {unbroken(
        trend.percent === 0
          ? messages.trendSame(days)
          : trend.percent > 0
            ? messages.trendMore(percent, days)
            : messages.trendLess(percent, days),
      )}
    </span>
  );
}
