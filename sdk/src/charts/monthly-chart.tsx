'use client';
import type { UnitLabel } from '@usagekit/server/contract';
import { useId } from 'react';
import type { MonthPoint } from '../derive/usage/metric-months.ts';
import type { Format } from '../format/create-format.ts';
import { ChartFrame } from './frame/chart-frame.tsx';
import { Line, LineDot } from './marks/line.tsx';
import { amountTicks } from './scale/amount-scale.ts';

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
  const stroke = 'var(--_chart-1)';
  return (
    <ChartFrame
      label={label}
      height={height}
      firstWidth={300}
      marginTop={6}
      kind="points"
      inset={14}
      labels={{ words: points.map(({ at }) => format.month(at)) }}
      labelGap={8}
      ticks={amountTicks(points.flatMap(({ value, soFar }) => [value, soFar]))}
      syncId={syncId}
      tipOf={({ index }) => {
        const point = points[index];
        return point
          ? {
              title: format.month(point.at),
              lines: [{ key: 'amount', figure: format.amount(point.amount, unit).text }],
            }
          : null;
      }}
      over={(plot, { index }) => (
        <LineDot
          plot={plot}
          index={index}
          amount={points[index]?.value ?? points[index]?.soFar}
          fill={stroke}
        />
      )}
    >
      {(plot) => (
        <>
          <defs>
            <linearGradient id={fade} x1="0" y1="0" x2="0" y2="1">
              <stop offset="0" stopColor={stroke} stopOpacity={0.22} />
              <stop offset="1" stopColor={stroke} stopOpacity={0.03} />
            </linearGradient>
          </defs>
          <Line
            plot={plot}
            amounts={points.map(({ value }) => value)}
            stroke={stroke}
            strokeWidth={1.5}
            fill={`url(#${fade})`}
            isSmooth
          />
          <Line
            plot={plot}
            amounts={points.map(({ soFar }) => soFar)}
            stroke={stroke}
            strokeWidth={1.5}
            strokeDasharray="3 4"
            isSmooth
          />
        </>
      )}
    </ChartFrame>
  );
}
