import type { DecimalString, UsageSeries } from '@usagekit/server/contract';
import { decimalOf } from '../../../derive/decimal.ts';
import { dayPoints, dayTotals, type ShownPeriod } from '../../../derive/usage/day-points.ts';
import { stepOfSeries } from '../../../derive/usage/history-step.ts';
import { columnDecimals } from '../../../format/column-decimals.ts';
import type { Format } from '../../../format/create-format.ts';
import { formatBucket } from '../../../format/format-bucket.ts';
import type { Messages } from '../../../messages/messages.ts';
import { FigureTable } from '../../parts/figure-table.tsx';
import { Amount } from '../../parts/words/amount.tsx';
import type { FigurePart } from '../uses/figure-part.ts';
import { OpenFigure } from '../uses/open-figure.tsx';
import { chartName } from './chart-name.ts';

export interface DayTableProps {
  /** One or two metrics over the same steps. */
  series: UsageSeries[];
  /** The accessible name of the region that scrolls; by default what the chart of the first metric is called. */
  label?: string | undefined;
  /** The first metric in the period before, which the chart draws as a thin line. */
  previous?: UsageSeries | undefined;
  /** The days that are shown; all of the cycle by default. */
  period?: ShownPeriod | undefined;
  /** Called with the figure whose uses are wanted; without it none opens. */
  onOpenFigure?: ((part: FigurePart) => void) | undefined;
  /** In the series' time zone. */
  format: Format;
  /** The texts of the widget. */
  messages: Messages['chart'];
}

/** The figures of a chart as a table, the latest first. Renders a `table` in a region that scrolls. Reads nothing. */
export function DayTable(props: DayTableProps) {
  const { series, previous, period, label, onOpenFigure, format, messages } = props;
  const totals = series.map(dayTotals);
  const [first] = series;
  const step = first ? stepOfSeries(first) : 'day';
  const nameOf = (at: string) => (first ? formatBucket(at, first, format) : at);
  const before = first && previous && dayPoints(first, period, previous).slice(0, first.buckets.length);
  const beforeInAll = before?.reduce((sum, point) => sum + (point.previous ?? 0), 0);
  const decimals = series.map((each, column) => columnDecimals([each.total, ...(totals[column] ?? [])]));
  const inPrevious = columnDecimals(
    [...(before ?? []).map((point) => point.previous ?? 0), beforeInAll ?? 0].map(decimalOf),
  );
  const written = (value: number) => <Amount value={format.figure(decimalOf(value), '', inPrevious)} />;
  const inColumn = (place: number, value: DecimalString) => format.figure(value, '', decimals[place]);
  const days = (first?.buckets ?? []).map((at, place) => ({ at, place })).reverse();
  return (
    <section
      className="uk-scroll uk-day-table"
      aria-label={label ?? (first && chartName(first, format, messages))}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
      tabIndex={0}
    >
      <FigureTable
        heads={[
          { key: 'step', words: messages.steps[step].one },
          ...series.map((each) => ({ key: each.metric, words: each.label })),
          ...(before ? [{ key: 'previous', words: messages.previous }] : []),
        ]}
        sumLabel={messages.total}
        sums={[
          ...series.map((each, column) => (
            <OpenFigure
              key={each.metric}
              value={inColumn(column, each.total)}
              name={each.label}
              onOpen={onOpenFigure && (() => onOpenFigure({ metric: each.metric }))}
            />
          )),
          ...(beforeInAll === undefined ? [] : [written(beforeInAll)]),
        ]}
      >
        {days.map(({ at, place }) => (
          <tr key={at} className="uk-breakdown-row">
            <th className="uk-lines-cell" scope="row">
              <time className="uk-run" dateTime={at}>
                {nameOf(at)}
              </time>
            </th>
            {series.map((each, column) => (
              <td key={each.metric} className="uk-lines-cell uk-end">
                <OpenFigure
                  value={inColumn(column, totals[column]?.[place] ?? '0')}
                  name={`${each.label}, ${nameOf(at)}`}
                  onOpen={onOpenFigure && (() => onOpenFigure({ metric: each.metric, at }))}
                />
              </td>
            ))}
            {before && (
              <td className="uk-lines-cell uk-end uk-muted">
                {before[place]?.previous !== undefined && written(before[place].previous)}
              </td>
            )}
          </tr>
        ))}
      </FigureTable>
    </section>
  );
}
