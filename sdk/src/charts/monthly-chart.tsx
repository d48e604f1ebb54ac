'use client';
import type { UnitLabel } from '@usagekit/server/contract';
import { useId, useRef } from 'react';
import { Area, AreaChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { MonthPoint } from '../derive/usage/metric-months.ts';
import type { Format } from '../format/create-format.ts';
import { ChartStatus, ChartTip } from './chart-tip.tsx';
import { dayCursor } from './day-axes.ts';
import { useRightToLeft } from './use-right-to-left.ts';

export interface MonthlyChartProps {
  /** Its content in one sentence; the chart's accessible name. */
  label: string;
  /** A month each, from the earliest on. */
  points: MonthPoint[];
  /** One and many of what is counted. */
  unit: UnitLabel;
  /** In pixels. */
  height: number;
  /** Charts with the same one move their cursors together. */
  syncId?: string | undefined;
  /** In the history's time zone. */
  format: Format;
}

/**
 * One metric by month as an area, the month under way dashed. Renders a named `svg` that arrow keys move in. Reads the
 * direction of the text around it.
 */
export function MonthlyChart({ label, points, unit, height, syncId, format }: MonthlyChartProps) {
  const fade = useId();
  const root = useRef<HTMLDivElement>(null);
  const rightToLeft = useRightToLeft(root);
  const line = {
    type: 'monotone',
    stroke: 'var(--_chart-1)',
    strokeWidth: 1.5,
    isAnimationActive: false,
  } as const;
  return (
    <div ref={root} className="uk-chart" dir="ltr">
      <ResponsiveContainer width="100%" height={height} initialDimension={{ width: 300, height }}>
        <AreaChart
          data={points}
          accessibilityLayer
          aria-label={label}
          margin={{ top: 6, right: 2, bottom: 0, left: 2 }}
          {...(syncId !== undefined && { syncId })}
        >
          <defs>
            <linearGradient id={fade} x1="0" y1="0" x2="0" y2="1">
              <stop offset="0" stopColor="var(--_chart-1)" stopOpacity={0.22} />
              <stop offset="1" stopColor="var(--_chart-1)" stopOpacity={0.03} />
            </linearGradient>
          </defs>
          <XAxis
            dataKey="at"
            reversed={rightToLeft}
            tickFormatter={(at: string) => format.month(at)}
            tickLine={false}
            axisLine={{ stroke: 'var(--_border)' }}
            interval="equidistantPreserveStart"
            tickMargin={6}
            padding={{ left: 12, right: 12 }}
            height={26}
          />
          <YAxis hide domain={[0, 'auto']} />
          <Tooltip
            cursor={dayCursor}
            isAnimationActive={false}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as MonthPoint | undefined;
              return active && point ? (
                <ChartTip>
                  <p className="uk-caption">{format.month(point.at)}</p>
                  <p className="uk-tooltip-line">{format.amount(point.amount, unit).text}</p>
                </ChartTip>
              ) : null;
            }}
          />
          <Area {...line} dataKey="value" fill={`url(#${fade})`} dot={false} />
          <Area {...line} dataKey="soFar" fill="none" strokeDasharray="3 4" dot={false} />
        </AreaChart>
      </ResponsiveContainer>
      <ChartStatus />
    </div>
  );
}
