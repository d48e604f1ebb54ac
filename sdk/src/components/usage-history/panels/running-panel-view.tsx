'use client';
import type { AlertAmount, DecimalString, Forecast, UsageSeries } from '@usagekit/server/contract';
import { lazy, memo, type ReactNode, Suspense, useDeferredValue, useMemo } from 'react';
import type { RunningLine } from '../../../charts/running-chart.tsx';
import type { ShownPeriod } from '../../../derive/usage/day-points.ts';
import { runningPoints } from '../../../derive/usage/running-points.ts';
import type { Format } from '../../../format/create-format.ts';
import { formatPeriod } from '../../../format/format-period.ts';
import { runningTotalMessages } from '../../../messages/charts/running-total.ts';
import type { Messages } from '../../../messages/messages.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Skeleton } from '../../parts/widget/skeleton.tsx';
import { Amount } from '../../parts/words/amount.tsx';

const RunningChart = lazy(() =>
  import('../../../charts/running-chart.tsx').then((module) => ({ default: memo(module.RunningChart) })),
);

export interface RunningPanelViewProps {
  series: UsageSeries;
  period: ShownPeriod;
  /** The allowance of the period; no line is drawn where it is left out. */
  included?: DecimalString | null | undefined;
  alerts: readonly AlertAmount[];
  /** Its figure of the metric's cycle is drawn with its range; the mean so far where it has none. */
  forecast?: Forecast | undefined;
  /** The bell that sets the alerts. */
  bell?: ReactNode;
  format: Format;
  messages: Messages['chart'];
}

const height = 220;

/**
 * The sum of one metric as it grows over its cycle, with a line at each alert and at the allowance, and with the forecast. Renders
 * a `figure`. Reads messages.
 */
export function RunningPanelView(props: RunningPanelViewProps) {
  const { period, included, alerts, bell, format, messages } = props;
  const texts = useMessages('runningTotal', runningTotalMessages);
  const series = useDeferredValue(props.series);
  const { startsAt, endsAt } = period;
  const forecast = props.forecast?.figures.find(
    (figure) =>
      figure.metric === series.metric &&
      figure.window === null &&
      endsAt !== undefined &&
      Date.parse(figure.endsAt) === Date.parse(endsAt),
  )?.atEnd;
  const points = useMemo(
    () => runningPoints(series, { startsAt, endsAt }, forecast),
    [series, startsAt, endsAt, forecast],
  );
  const interval = points.some(({ range }) => range)
    ? texts.interval(format.percent(props.forecast?.intervalPercent ?? 0))
    : undefined;
  const { label, unit, total } = series;
  const written = (amount: DecimalString) => format.amount(amount, unit).text;
  const lines: RunningLine[] = alerts.map(({ amount, told }) => ({
    amount,
    label: told ? texts.alertTold(written(amount)) : texts.alertAt(written(amount)),
    kind: 'alert',
  }));
  if (included)
    lines.push({ amount: included, label: texts.includedAt(written(included)), kind: 'included' });
  const name = texts.name(
    label,
    format.amount(total, unit).exact,
    formatPeriod(startsAt ?? series.buckets[0] ?? series.asOf, series.asOf, format),
  );
  return (
    <figure className="uk-panel">
      <figcaption className="uk-panel-head">
        <span className="uk-legend-item">
          <span className="uk-dot" data-chart={1} />
          {label}
        </span>
        <Amount className="uk-strong" value={format.amount(total, unit)} />
        {bell}
        {points.some(({ expected }) => expected !== undefined) && (
          <span className="uk-panel-lines">
            <span className="uk-legend-item">
              <span className="uk-panel-line" data-dashed />
              {interval ? texts.forecast : messages.expected}
            </span>
            {interval && (
              <span className="uk-legend-item">
                <span className="uk-panel-line" data-band />
                {interval}
              </span>
            )}
          </span>
        )}
      </figcaption>
      <Suspense fallback={<Skeleton height={height} />}>
        <RunningChart
          label={new Intl.ListFormat(format.locale, { type: 'unit' }).format([
            name,
            ...lines.map((line) => line.label),
          ])}
          {...{ points, lines, unit, height, format, messages, texts, interval }}
          buckets={series}
        />
      </Suspense>
    </figure>
  );
}
