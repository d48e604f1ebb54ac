'use client';
import type { ShownUnit } from '@usagekit/server/contract';
import { useId } from 'react';
import { Layer, Rectangle } from 'recharts';
import { StackSwatch, Texture } from '../components/parts/bars/stack-swatch.tsx';
import { decimalOf } from '../derive/decimal.ts';
import type { Stack, StackPoint } from '../derive/usage/stack-points.ts';
import type { Format } from '../format/create-format.ts';
import { type BucketsOf, formatBucket } from '../format/format-bucket.ts';
import type { Tip } from './cursor/chart-tip.tsx';
import type { ReadPlace } from './cursor/cursor-by-key.ts';
import { ChartFrame } from './frame/chart-frame.tsx';
import { seriesFrame } from './frame/series-frame.ts';
import { Bar } from './marks/bar.tsx';
import { amountTicks } from './scale/amount-scale.ts';
import { barSpan } from './scale/bucket-scale.ts';
import { endsOfStack, stackOffsets } from './scale/stack-offsets.ts';

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
  /** Called with the key of the part and the start of its bar that was clicked, or that Enter opened. */
  onPart?: ((key: Stack['key'], at: string) => void) | undefined;
  /** In the series' time zone. */
  format: Format;
}

/**
 * One metric over time, each bar parted by a dimension. Parts differ in colour and in texture. Renders a named `svg` in which arrow
 * keys move from bar to bar and from part to part, and where Enter opens what a click opens. Reads the direction of the text around
 * it.
 */
export function StackedChart(props: StackedChartProps) {
  const { label, points, buckets, stacks, height, onPart, format } = props;
  const id = useId();
  const offsets = points.map((point) => stackOffsets(stacks.map(({ key }) => point[key])));
  const ends = offsets.map(endsOfStack);
  const partsOf = (index: number) =>
    (offsets[index] ?? []).flatMap(({ from, to }, place) => (from === to ? [] : place));
  const reached = offsets.flatMap((parts, index) => {
    const { top, bottom } = ends[index] ?? { top: -1, bottom: -1 };
    return [parts[top]?.to ?? 0, parts[bottom]?.to ?? 0];
  });
  const open = (index: number, place: number | null) => {
    const at = points[index]?.at;
    const key = place === null ? undefined : stacks[place]?.key;
    if (at !== undefined && key !== undefined) onPart?.(key, at);
  };
  return (
    <ChartFrame
      label={label}
      height={height}
      {...seriesFrame(points, buckets, format)}
      marginTop={8}
      kind="bands"
      ticks={amountTicks(reached)}
      partsOf={partsOf}
      onEnter={onPart && (({ index, part }) => open(index, part))}
      tipOf={(place) => stackTip(place, partsOf(place.index), props)}
      over={(plot, { index, part }) => {
        const offset = part === null ? undefined : offsets[index]?.[part];
        if (!offset) return null;
        const { yOf } = plot.amounts;
        const [top, bottom] = [yOf(offset.from), yOf(offset.to)].toSorted((one, other) => one - other);
        const { x, width } = barSpan(plot.buckets, index);
        return (
          <Rectangle
            x={x - 1}
            y={(top ?? 0) - 1}
            width={width + 2}
            height={(bottom ?? 0) - (top ?? 0) + 2}
            radius={2}
            fill="none"
            stroke="var(--_text)"
            strokeWidth={2}
          />
        );
      }}
      defs={
        <svg className="uk-textures" width="0" height="0" aria-hidden="true">
          <defs>
            {stacks.map(({ colour }) => (
              <Texture key={colour} id={`${id}-${colour}`} colour={colour} />
            ))}
          </defs>
        </svg>
      }
    >
      {(plot) =>
        stacks.map(({ key, colour }, place) => (
          <Layer key={key} className="recharts-bar">
            {offsets.map((parts, index) => {
              const offset = parts[place];
              const end = ends[index];
              if (!offset || offset.from === offset.to) return null;
              return (
                <Bar
                  key={points[index]?.at}
                  {...{ plot, index, offset }}
                  isEnd={place === end?.top || place === end?.bottom}
                  fill={`url(#${id}-${colour})`}
                  stroke="var(--_surface)"
                  strokeWidth={0.75}
                  onClick={onPart && (() => open(index, place))}
                />
              );
            })}
          </Layer>
        ))
      }
    </ChartFrame>
  );
}

type StackTipProps = Pick<StackedChartProps, 'points' | 'buckets' | 'stacks' | 'unit' | 'format'>;

function stackTip({ index, part }: ReadPlace, shown: readonly number[], props: StackTipProps): Tip | null {
  const { points, buckets, stacks, unit, format } = props;
  const point = points[index];
  if (!point) return null;
  const written = (value: number) => format.amount(decimalOf(value), unit).text;
  const amountOf = (place: number) => point[stacks[place]?.key ?? 'stack0'] ?? 0;
  const name = formatBucket(point.at, buckets, format);
  const sum = shown.reduce((total, place) => total + amountOf(place), 0);
  const lines = shown.toReversed().map((place) => {
    const { key = '', label = '', colour = 1 } = stacks[place] ?? {};
    return {
      key,
      mark: <StackSwatch colour={colour} />,
      name: label,
      figure: written(amountOf(place)),
      isChosen: place === part,
    };
  });
  const chosen = lines.find(({ isChosen }) => isChosen);
  return {
    title: `${name}: ${written(sum)}`,
    lines,
    ...(chosen && { said: [name, `${chosen.name} ${chosen.figure}`] }),
  };
}
