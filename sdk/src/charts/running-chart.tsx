'use client';
import type { DecimalString, ShownUnit } from '@usagekit/server/contract';
import { useRef } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { evenTicks } from '../derive/even-ticks.ts';
import type { RunningPoint } from '../derive/usage/running-points.ts';
import type { Format } from '../format/create-format.ts';
import { type BucketsOf, formatBucket } from '../format/format-bucket.ts';
import type { Messages } from '../messages/messages.ts';
import { ChartStatus, ChartTip } from './chart-tip.tsx';
import { amountAxis, dayAxis, dayCursor, dayGrid, expectedLine } from './day-axes.ts';
import { useRightToLeft } from './use-right-to-left.ts';

/** An amount that the sum is measured against. */
export interface RunningLine {
  amount: DecimalString;
  /** What it is, with its amount. */
  label: string;
  kind: 'alert' | 'included';
}

export interface RunningChartProps {
  /** Its content and headline; the chart's accessible name. */
  label: string;
  points: RunningPoint[];
  /** The step and the zone of the points. */
  buckets: BucketsOf;
  lines: readonly RunningLine[];
  unit: ShownUnit | string;
  /** In pixels. */
  height: number;
  /** In the series' time zone. */
  format: Format;
  messages: Messages['chart'];
}

/**
 * The sum of a metric as it grows over a period, against its alerts and its allowance. Renders a named `svg` that arrow keys move
 * in. Reads the direction of the text around it.
 */
export function RunningChart(props: RunningChartProps) {
  const { label, points, buckets, lines, unit, height, format, messages } = props;
  const root = useRef<HTMLDivElement>(null);
  const rightToLeft = useRightToLeft(root);
  // The chart library rounds no axis that has to reach a line, and its last two ticks would stand closer than the others.
  const ticks = evenTicks(
    Math.max(
      0,
      ...lines.map(({ amount }) => Number(amount)),
      ...points.map(({ sum, expected }) => expected ?? sum ?? 0),
    ),
  );
  const stroke = 'var(--_chart-1)';
  return (
    <div ref={root} className="uk-chart" dir="ltr">
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 600, height }}>
        <ComposedChart
          data={points}
          accessibilityLayer
          aria-label={label}
          margin={{ top: 16, right: 0, bottom: 0, left: 0 }}
        >
          <CartesianGrid {...dayGrid} />
          <XAxis {...dayAxis(format, buckets, rightToLeft)} />
          <YAxis {...amountAxis(format, rightToLeft)} domain={[0, ticks.at(-1) || 'auto']} ticks={ticks} />
          <Tooltip
            cursor={dayCursor}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as RunningPoint | undefined;
              return active && point ? <RunningTip {...{ point, buckets, unit, format, messages }} /> : null;
            }}
          />
          <Area
            dataKey="sum"
            stroke={stroke}
            strokeWidth={2}
            fill={stroke}
            fillOpacity={0.12}
            dot={false}
            isAnimationActive={false}
          />
          <Line {...expectedLine(stroke)} />
          {lines.map(({ amount, label: name, kind }) => (
            <ReferenceLine
              key={`${kind} ${amount}`}
              y={Number(amount)}
              stroke={kind === 'alert' ? 'var(--_warning-text)' : 'var(--_over-text)'}
              strokeWidth={1.5}
              {...(kind === 'alert' && { strokeDasharray: '6 3' })}
              label={{
                value: name,
                position: rightToLeft ? 'insideBottomRight' : 'insideBottomLeft',
                fill: kind === 'alert' ? 'var(--_warning-text)' : 'var(--_over-text)',
                fontSize: 12,
              }}
            />
          ))}
        </ComposedChart>
      </ResponsiveContainer>
      <ChartStatus />
    </div>
  );
}

interface RunningTipProps extends Pick<RunningChartProps, 'buckets' | 'unit' | 'format' | 'messages'> {
  point: RunningPoint;
}

function RunningTip({ point, buckets, unit, format, messages }: RunningTipProps) {
  return (
    <ChartTip>
      <p className="uk-caption">{formatBucket(point.at, buckets, format)}</p>
      {point.amount !== undefined ? (
        <p className="uk-tooltip-line">{format.amount(point.amount, unit).text}</p>
      ) : (
        point.expected !== undefined && (
          <p className="uk-caption">
            {messages.expected}: {format.amount(point.expected.toFixed(6), unit).text}
          </p>
        )
      )}
    </ChartTip>
  );
}
