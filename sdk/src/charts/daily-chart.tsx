'use client';
import type { ShownUnit } from '@usagekit/server/contract';
import { Layer } from 'recharts';
import { decimalOf } from '../derive/decimal.ts';
import type { DayPoint } from '../derive/usage/day-points.ts';
import type { Format } from '../format/create-format.ts';
import { type BucketsOf, formatBucket } from '../format/format-bucket.ts';
import type { Messages } from '../messages/messages.ts';
import type { Tip } from './cursor/chart-tip.tsx';
import { ChartFrame } from './frame/chart-frame.tsx';
import { seriesFrame } from './frame/series-frame.ts';
import { Bar } from './marks/bar.tsx';
import { expectedLook, Line } from './marks/line.tsx';
import { amountTicks } from './scale/amount-scale.ts';

export interface DailyChartProps {
  /** Its content and headline; the chart's accessible name. */
  label: string;
  /** A bar each, from the earliest on. */
  points: DayPoint[];
  /** The step and the zone of the points. */
  buckets: BucketsOf;
  /** One and many of what is counted, or a currency. */
  unit: ShownUnit | string;
  /** In pixels. */
  height: number;
  /** 1 to 6, which of the chart colours; 1 by default. */
  colour?: 1 | 2 | 3 | 4 | 5 | 6 | undefined;
  /** Charts with the same one move their cursors together. */
  syncId?: string | undefined;
  /** Called with the start of the bar that was clicked. */
  onBar?: ((at: string) => void) | undefined;
  /** In the series' time zone. */
  format: Format;
  /** The texts of the widget. */
  messages: Messages['chart'];
}

/**
 * One metric over time as bars, with the previous period as a thin line and the expected use dashed. Renders a named `svg` that
 * arrow keys move in, and where Enter opens what a click opens. Reads the direction of the text around it.
 */
export function DailyChart(props: DailyChartProps) {
  const { label, points, buckets, height, colour = 1, syncId, onBar, format } = props;
  const fill = `var(--_chart-${colour})`;
  return (
    <ChartFrame
      label={label}
      height={height}
      {...seriesFrame(points, buckets, format)}
      marginTop={8}
      kind="bands"
      ticks={amountTicks(points.flatMap(({ value, previous, expected }) => [value, previous, expected]))}
      syncId={syncId}
      onEnter={
        onBar &&
        (({ index }) => {
          const point = points[index];
          if (point?.amount !== undefined) onBar(point.at);
        })
      }
      tipOf={({ index }) => dayTip(points[index], props)}
    >
      {(plot) => (
        <>
          <Layer className="recharts-bar">
            {points.map(
              ({ at, value }, index) =>
                value !== undefined && (
                  <Bar
                    key={at}
                    {...{ plot, index, fill }}
                    offset={{ from: 0, to: value }}
                    isEnd
                    onClick={onBar && (() => onBar(at))}
                  />
                ),
            )}
          </Layer>
          <Line
            plot={plot}
            amounts={points.map(({ previous }) => previous)}
            stroke="var(--_muted)"
            strokeOpacity={0.55}
            strokeWidth={1.5}
          />
          <Line
            plot={plot}
            amounts={points.map(({ expected }) => expected)}
            stroke={fill}
            {...expectedLook}
          />
        </>
      )}
    </ChartFrame>
  );
}

type DayTipProps = Pick<DailyChartProps, 'buckets' | 'unit' | 'colour' | 'format' | 'messages'>;

function dayTip(point: DayPoint | undefined, props: DayTipProps): Tip | null {
  if (!point) return null;
  const { buckets, unit, colour = 1, format, messages } = props;
  const { at, amount, previous, expected } = point;
  const written = (value: number) => format.amount(decimalOf(value), unit).text;
  const lines: Tip['lines'] = [];
  if (amount !== undefined)
    lines.push({
      key: 'amount',
      mark: <span className="uk-dot" data-chart={colour} />,
      figure: format.amount(amount, unit).text,
    });
  if (previous !== undefined)
    lines.push({ key: 'previous', figure: `${messages.previous}: ${written(previous)}`, isQuiet: true });
  if (amount === undefined && expected !== undefined)
    lines.push({ key: 'expected', figure: `${messages.expected}: ${written(expected)}`, isQuiet: true });
  return { title: formatBucket(at, buckets, format), lines };
}
