'use client';
import { type DecimalString, roundEstimate, type ShownUnit } from '@usagekit/server/contract';
import { decimalOf } from '../derive/decimal.ts';
import type { RunningPoint } from '../derive/usage/running-points.ts';
import type { Format } from '../format/create-format.ts';
import { type BucketsOf, formatBucket } from '../format/format-bucket.ts';
import type { Messages } from '../messages/messages.ts';
import type { Tip } from './cursor/chart-tip.tsx';
import { ChartFrame } from './frame/chart-frame.tsx';
import { seriesFrame } from './frame/series-frame.ts';
import { Band } from './marks/band.tsx';
import { LevelLines } from './marks/level-lines.tsx';
import { expectedLook, Line, LineDot } from './marks/line.tsx';
import { amountTicks } from './scale/amount-scale.ts';

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
  texts: Messages['runningTotal'];
  /** How often the range of the points holds, in words. */
  interval?: string | undefined;
}

/**
 * The sum of a metric as it grows over a period, against its alerts and its allowance, and what is expected of the rest of it with
 * the range of that. Renders a named `svg` that arrow keys move in. Reads the direction of the text around it.
 */
export function RunningChart(props: RunningChartProps) {
  const { label, points, buckets, lines, height, format } = props;
  const stroke = 'var(--_chart-1)';
  const levels = lines.map(({ amount, label: name, kind }) => ({
    key: `${kind} ${amount}`,
    amount: Number(amount),
    label: name,
    stroke: kind === 'alert' ? 'var(--_warning-text)' : 'var(--_over-text)',
    isDashed: kind === 'alert',
  }));
  return (
    <ChartFrame
      label={label}
      height={height}
      {...seriesFrame(points, buckets, format)}
      marginTop={16}
      kind="points"
      ticks={amountTicks([
        ...levels.map(({ amount }) => amount),
        ...points.flatMap(({ sum, expected, range }) => [sum, expected, range?.high]),
      ])}
      tipOf={({ index }) => runningTip(points[index], props)}
      over={(plot, { index }) => (
        <LineDot plot={plot} index={index} amount={points[index]?.sum} fill={stroke} />
      )}
    >
      {(plot) => (
        <>
          <Band plot={plot} ranges={points.map(({ range }) => range)} colour={stroke} />
          <Line
            plot={plot}
            amounts={points.map(({ sum }) => sum)}
            stroke={stroke}
            strokeWidth={2}
            fill={stroke}
            fillOpacity={0.12}
          />
          <Line
            plot={plot}
            amounts={points.map(({ expected }) => expected)}
            stroke={stroke}
            {...expectedLook}
          />
          <LevelLines plot={plot} lines={levels} />
        </>
      )}
    </ChartFrame>
  );
}

type RunningTipProps = Pick<
  RunningChartProps,
  'buckets' | 'unit' | 'format' | 'messages' | 'texts' | 'interval'
>;

function runningTip(point: RunningPoint | undefined, props: RunningTipProps): Tip | null {
  if (!point) return null;
  const { buckets, unit, format, messages, texts, interval } = props;
  const { at, amount, expected, range } = point;
  const lines: Tip['lines'] = [];
  const written = (value: number) => format.amount(decimalOf(value), unit).text;
  const quiet = (key: string, name: string, figure: string) =>
    lines.push({ key, figure: `${name}: ${figure}`, isQuiet: true });
  if (amount !== undefined) lines.push({ key: 'amount', figure: format.amount(amount, unit).text });
  else if (expected !== undefined) {
    if (range) quiet('expected', texts.forecast, written(roundEstimate(expected)));
    else quiet('expected', messages.expected, written(expected));
    if (range && interval) {
      const low = format.figure(decimalOf(roundEstimate(range.low)), unit).text;
      quiet('range', interval, texts.range(low, written(roundEstimate(range.high))));
    }
  }
  return { title: formatBucket(at, buckets, format), lines };
}
