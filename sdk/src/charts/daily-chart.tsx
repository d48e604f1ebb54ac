'use client';
import type { ShownUnit } from '@usagekit/server/contract';
import { useRef } from 'react';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { DayPoint } from '../derive/usage/day-points.ts';
import type { Format } from '../format/create-format.ts';
import { type BucketsOf, formatBucket } from '../format/format-bucket.ts';
import type { Messages } from '../messages/messages.ts';
import { ChartStatus, ChartTip } from './chart-tip.tsx';
import { amountAxis, barClick, barKeys, dayAxis, dayCursor, dayGrid, expectedLine } from './day-axes.ts';
import { useRightToLeft } from './use-right-to-left.ts';

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
  const { label, points, buckets, unit, height, colour = 1, syncId, onBar, format, messages } = props;
  const root = useRef<HTMLDivElement>(null);
  const rightToLeft = useRightToLeft(root);
  const fill = `var(--_chart-${colour})`;
  return (
    <div ref={root} className="uk-chart" dir="ltr" {...barKeys(onBar)}>
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 600, height }}>
        <ComposedChart
          data={points}
          accessibilityLayer
          aria-label={label}
          margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
          barCategoryGap="22%"
          {...(syncId !== undefined && { syncId })}
        >
          <CartesianGrid {...dayGrid} />
          <XAxis {...dayAxis(format, buckets, rightToLeft)} />
          <YAxis {...amountAxis(format, rightToLeft)} />
          <Tooltip
            cursor={dayCursor}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as DayPoint | undefined;
              return active && point ? (
                <DayTip {...{ point, buckets, unit, format, messages }} fill={colour} />
              ) : null;
            }}
          />
          <Bar
            dataKey="value"
            fill={fill}
            radius={[2, 2, 0, 0]}
            maxBarSize={28}
            isAnimationActive={false}
            {...barClick(onBar)}
          />
          <Line
            dataKey="previous"
            stroke="var(--_muted)"
            strokeOpacity={0.55}
            strokeWidth={1.5}
            dot={false}
            activeDot={false}
            isAnimationActive={false}
          />
          <Line {...expectedLine(fill)} />
        </ComposedChart>
      </ResponsiveContainer>
      <ChartStatus />
    </div>
  );
}

interface DayTipProps {
  point: DayPoint;
  buckets: BucketsOf;
  unit: ShownUnit | string;
  fill: number;
  format: Format;
  messages: Messages['chart'];
}

function DayTip({ point, buckets, unit, fill, format, messages }: DayTipProps) {
  const written = (value: number) => format.amount(value.toFixed(6), unit).text;
  return (
    <ChartTip at={point.amount && point.at}>
      <p className="uk-caption">{formatBucket(point.at, buckets, format)}</p>
      {point.amount !== undefined && (
        <p className="uk-tooltip-line">
          <span className="uk-dot" data-chart={fill} />
          {format.amount(point.amount, unit).text}
        </p>
      )}
      {point.previous !== undefined && (
        <p className="uk-caption">
          {messages.previous}: {written(point.previous)}
        </p>
      )}
      {point.amount === undefined && point.expected !== undefined && (
        <p className="uk-caption">
          {messages.expected}: {written(point.expected)}
        </p>
      )}
    </ChartTip>
  );
}
