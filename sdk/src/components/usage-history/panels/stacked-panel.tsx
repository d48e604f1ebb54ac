'use client';
import type { UsageSeries } from '@usagekit/server/contract';
import { lazy, memo, Suspense, useDeferredValue, useRef } from 'react';
import { stackPoints } from '../../../derive/usage/stack-points.ts';
import type { Share } from '../../../derive/usage/top-shares.ts';
import type { Format } from '../../../format/create-format.ts';
import type { Messages } from '../../../messages/messages.ts';
import { Skeleton } from '../../parts/widget/skeleton.tsx';
import { BreakdownList } from '../breakdown-list.tsx';
import { namedShares } from '../named-shares.ts';
import type { FigurePart } from '../uses/figure-part.ts';
import { type ColoursByValue, stackColours } from './stack-colours.ts';

const StackedChart = lazy(() =>
  import('../../../charts/stacked-chart.tsx').then((module) => ({ default: memo(module.StackedChart) })),
);

export interface StackedPanelProps {
  /** By a dimension. */
  series: UsageSeries;
  /** The chart's content in one sentence. */
  label: string;
  /** The unit as `format.amount` takes it: the series' own, or a currency. */
  unit: Parameters<Format['amount']>[1];
  /** Values that the legend took out of the drawing. */
  hidden: readonly (string | null)[];
  onHide: (values: readonly (string | null)[]) => void;
  onOpenFigure?: ((part: FigurePart) => void) | undefined;
  format: Format;
  messages: Messages['chart'];
}

const height = 220;

/**
 * Use by day, each bar parted by a dimension, above the list of what each part used, which is its legend: a row's button
 * takes its part out of the drawing and back. Renders a `div`. Reads nothing.
 */
export function StackedPanel(props: StackedPanelProps) {
  const { series, label, unit, hidden, onHide, onOpenFigure, format, messages } = props;
  const kept = useRef<ColoursByValue>(new Map());
  const drawn = useDeferredValue(series);
  const shares = namedShares(drawn, format, messages);
  const colours = stackColours(shares, kept.current);
  const points = stackPoints(drawn, shares);
  const stacks = shares.flatMap(({ value, label: name }, index) =>
    hidden.includes(value)
      ? []
      : {
          key: `stack${index}` as const,
          label: name,
          colour: colours[index] ?? 1,
        },
  );
  const open =
    onOpenFigure &&
    ((place: number, at?: string) => {
      const share = shares[place];
      if (share) onOpenFigure({ metric: series.metric, at, ...partOf(share, shares) });
    });
  const toggle = (value: string | null) =>
    onHide(hidden.includes(value) ? hidden.filter((each) => each !== value) : [...hidden, value]);
  return (
    <div className="uk-panels">
      <Suspense fallback={<Skeleton height={height} />}>
        <StackedChart
          {...{ label, points, stacks, unit, height, format }}
          buckets={drawn}
          onPart={open && ((key, at) => open(Number(key.slice('stack'.length)), at))}
        />
      </Suspense>
      <BreakdownList
        {...{ series: drawn, unit, format, messages }}
        onOpen={open}
        legend={{ colours, isHidden: (value) => hidden.includes(value), toggle }}
      />
    </div>
  );
}

/** A share's part of the figure: its value, or all but those that are listed. */
function partOf({ value, restCount }: Share, shares: readonly Share[]): Pick<FigurePart, 'value' | 'except'> {
  if (!restCount) return { value };
  return { except: shares.filter((share) => !share.restCount).map((share) => share.value) };
}
