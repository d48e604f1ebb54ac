'use client';
import type { ShownUnit } from '@usagekit/server/contract';
import { useId, useRef } from 'react';
import { Bar, CartesianGrid, ComposedChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { StackSwatch, Texture } from '../components/parts/bars/stack-swatch.tsx';
import type { Stack, StackPoint } from '../derive/usage/stack-points.ts';
import type { Format } from '../format/create-format.ts';
import { type BucketsOf, formatBucket } from '../format/format-bucket.ts';
import { ChartStatus, ChartTip } from './chart-tip.tsx';
import { amountAxis, barClick, dayAxis, dayGrid } from './day-axes.ts';
import { useRightToLeft } from './use-right-to-left.ts';

export interface StackedChartProps {
  /** Its content and headline; the chart's accessible name. */
  label: string;
  /** A bar each with its parts, from the earliest on. */
  points: StackPoint[];
  /** The step and the zone of the points. */
  buckets: BucketsOf;
  /** From the bottom up; hidden ones are not included. */
  stacks: Stack[];
  /** One and many of what is counted, or a currency. */
  unit: ShownUnit | string;
  /** In pixels. */
  height: number;
  /** Called with the key of the part and the start of its bar that was clicked. */
  onPart?: ((key: Stack['key'], at: string) => void) | undefined;
  /** In the series' time zone. */
  format: Format;
}

/**
 * One metric over time, each bar parted by a dimension. Parts differ in colour and in texture. Renders a named `svg` that arrow
 * keys move in. Reads the direction of the text around it.
 */
export function StackedChart(props: StackedChartProps) {
  const { label, points, buckets, stacks, unit, height, onPart, format } = props;
  const root = useRef<HTMLDivElement>(null);
  const rightToLeft = useRightToLeft(root);
  const id = useId();
  return (
    <div ref={root} className="uk-chart" dir="ltr">
      <svg className="uk-textures" width="0" height="0" aria-hidden="true">
        <defs>
          {stacks.map(({ colour }) => (
            <Texture key={colour} id={`${id}-${colour}`} colour={colour} />
          ))}
        </defs>
      </svg>
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 600, height }}>
        <ComposedChart
          data={points}
          accessibilityLayer
          aria-label={label}
          margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
          barCategoryGap="22%"
        >
          <CartesianGrid {...dayGrid} />
          <XAxis {...dayAxis(format, buckets, rightToLeft)} />
          <YAxis {...amountAxis(format, rightToLeft)} />
          <Tooltip
            cursor={{ fill: 'var(--_muted)', fillOpacity: 0.08 }}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as StackPoint | undefined;
              return active && point ? <StackTip {...{ point, buckets, stacks, unit, format }} /> : null;
            }}
          />
          {stacks.map(({ key, colour }) => (
            <Bar
              key={key}
              dataKey={key}
              stackId="parts"
              fill={`url(#${id}-${colour})`}
              stroke="var(--_surface)"
              strokeWidth={0.75}
              maxBarSize={28}
              isAnimationActive={false}
              {...barClick(onPart && ((at) => onPart(key, at)))}
            />
          ))}
        </ComposedChart>
      </ResponsiveContainer>
      <ChartStatus />
    </div>
  );
}

interface StackTipProps extends Pick<StackedChartProps, 'buckets' | 'stacks' | 'unit' | 'format'> {
  point: StackPoint;
}

function StackTip({ point, buckets, stacks, unit, format }: StackTipProps) {
  const written = (value: number) => format.amount(value.toFixed(6), unit).text;
  const shown = stacks.filter(({ key }) => (point[key] ?? 0) > 0);
  const sum = shown.reduce((total, { key }) => total + (point[key] ?? 0), 0);
  return (
    <ChartTip>
      <p className="uk-caption">
        {formatBucket(point.at, buckets, format)}: {written(sum)}
      </p>
      {shown.toReversed().map(({ key, label, colour }) => (
        <p key={key} className="uk-tooltip-line">
          <StackSwatch colour={colour} />
          <span dir="auto">{label}</span> {written(point[key] ?? 0)}
        </p>
      ))}
    </ChartTip>
  );
}
