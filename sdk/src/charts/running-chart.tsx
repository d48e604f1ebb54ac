'use client';
import type { DecimalString, ShownUnit } from '@usagekit/server/contract';
import type { RunningPoint } from '../derive/usage/running-points.ts';
import type { Format } from '../format/create-format.ts';
import { type BucketsOf, formatBucket } from '../format/format-bucket.ts';
import type { Messages } from '../messages/messages.ts';
import { bucketLabels } from './axis/bucket-labels.ts';
import type { Tip } from './cursor/chart-tip.tsx';
import { ChartFrame } from './frame/chart-frame.tsx';
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
}

/**
 * The sum of a metric as it grows over a period, against its alerts and its allowance. Renders a named `svg` that arrow keys move
 * in. Reads the direction of the text around it.
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
      firstWidth={600}
      marginTop={16}
      kind="points"
      labels={bucketLabels(
        points.map(({ at }) => at),
        buckets,
        format,
      )}
      labelGap={24}
      ticks={amountTicks([
        ...levels.map(({ amount }) => amount),
        ...points.flatMap(({ sum, expected }) => [sum, expected]),
      ])}
      tickWords={format.axis}
      tipOf={({ index }) => runningTip(points[index], props)}
      over={(plot, { index }) => (
        <LineDot plot={plot} index={index} amount={points[index]?.sum} fill={stroke} />
      )}
    >
      {(plot) => (
        <>
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

type RunningTipProps = Pick<RunningChartProps, 'buckets' | 'unit' | 'format' | 'messages'>;

function runningTip(point: RunningPoint | undefined, props: RunningTipProps): Tip | null {
  if (!point) return null;
  const { buckets, unit, format, messages } = props;
  const { at, amount, expected } = point;
  const lines: Tip['lines'] = [];
  if (amount !== undefined) lines.push({ key: 'amount', figure: format.amount(amount, unit).text });
  else if (expected !== undefined)
    lines.push({
      key: 'expected',
      figure: `${messages.expected}: ${format.amount(expected.toFixed(6), unit).text}`,
      isQuiet: true,
    });
  return { title: formatBucket(at, buckets, format), lines };
}
