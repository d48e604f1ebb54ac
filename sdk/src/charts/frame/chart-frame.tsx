'use client';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { Layer, Rectangle, Surface } from 'recharts';
import { meterMessages } from '../../messages/usage/meter.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { AmountAxis, AmountGrid, amountGap } from '../axis/amount-axis.tsx';
import { BucketAxis } from '../axis/bucket-axis.tsx';
import type { BucketLabels } from '../axis/bucket-labels.ts';
import { fittingLabels } from '../axis/fitting-labels.ts';
import { ChartTip, type Tip, wordsOf } from '../cursor/chart-tip.tsx';
import { cursorByKey, type ReadPlace } from '../cursor/cursor-by-key.ts';
import { useChartCursor } from '../cursor/use-chart-cursor.ts';
import { amountScale } from '../scale/amount-scale.ts';
import { bucketScale } from '../scale/bucket-scale.ts';
import type { Plot } from './plot.ts';
import { useSurroundings } from './use-surroundings.ts';

export interface ChartFrameProps {
  /** The chart's accessible name. */
  label: string;
  /** In pixels. */
  height: number;
  /** Before the chart is measured, as on a server. */
  firstWidth: number;
  /** Above the highest tick. */
  marginTop: number;
  /** Bars have a band each; lines go from end to end. */
  kind: 'bands' | 'points';
  /** Room of a line at both of its ends. */
  inset?: number;
  /** Of each bucket, from the earliest on. */
  labels: BucketLabels;
  /** Between two of them. */
  labelGap: number;
  /** The amounts of the grid, from the least up. */
  ticks: readonly number[];
  /** Names an amount on its axis; there is no axis where it is left out. */
  tickWords?: ((amount: number) => string) | undefined;
  syncId?: string | undefined;
  /** Parts that keys choose among. */
  partsOf?: ((index: number) => readonly number[]) | undefined;
  /** Opens what the cursor is at. */
  onEnter?: ((place: ReadPlace) => void) | undefined;
  /** The words at the cursor. */
  tipOf: (place: ReadPlace) => Tip | null;
  /** What is drawn of the cursor over everything else. */
  over?: ((plot: Plot, place: ReadPlace) => ReactNode) | undefined;
  /** Patterns and gradients that the drawing uses. */
  defs?: ReactNode;
  /** The drawing. */
  children: (plot: Plot) => ReactNode;
}

const bucketAxisHeight = 28;

/**
 * What all charts have in common: axes, grid, and a cursor that a pointer, a finger and arrow keys move, with its words. Renders a
 * `div` with a named `svg` in it. Reads the direction of the text around it, and messages.
 */
export function ChartFrame(props: ChartFrameProps) {
  const { label, height, firstWidth, marginTop, kind, inset = 0, labels, labelGap, ticks, tickWords } = props;
  const { syncId, partsOf, onEnter, tipOf, over, defs, children } = props;
  const root = useRef<HTMLDivElement>(null);
  const { sentence } = useMessages('meter', meterMessages);
  const { width, rightToLeft, widthOf } = useSurroundings(root, firstWidth);
  const count = labels.words.length;
  const { cursor, move } = useChartCursor(count, syncId);
  /** Where keys were last, to which the focus comes back. */
  const kept = useRef<ReadPlace>({ index: 0, part: null });

  const drawing = useMemo(() => {
    const words = tickWords ? ticks.map(tickWords) : [];
    const axisWidth = tickWords ? Math.ceil(Math.max(0, ...words.map(widthOf))) + amountGap : 0;
    const ends = {
      left: rightToLeft ? 0 : axisWidth,
      right: Math.max(rightToLeft ? width - axisWidth : width, 0),
    };
    const bottom = height - bucketAxisHeight;
    const plot: Plot = {
      ...ends,
      top: marginTop,
      bottom,
      rightToLeft,
      amounts: amountScale(ticks, marginTop, bottom),
      buckets: bucketScale({
        count,
        left: ends.left + inset,
        right: ends.right - inset,
        kind,
        rightToLeft,
      }),
    };
    return {
      plot,
      grid: tickWords ? <AmountGrid plot={plot} /> : <Ground plot={plot} />,
      marks: children(plot),
      axes: (
        <>
          <BucketAxis
            plot={plot}
            labels={fittingLabels({ ...labels, ...ends, buckets: plot.buckets, gap: labelGap, widthOf })}
          />
          {tickWords && <AmountAxis plot={plot} words={words} />}
        </>
      ),
    };
  }, [
    width,
    height,
    rightToLeft,
    widthOf,
    ticks,
    tickWords,
    labels,
    labelGap,
    marginTop,
    inset,
    kind,
    count,
    children,
  ]);
  const { plot } = drawing;

  const point = (event: PointerEvent<SVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = box.width > 0 ? width / box.width : 1;
    const index = plot.buckets.nearestTo((event.clientX - box.left) * scale);
    if (index === undefined) return;
    move({ index, part: null, by: 'pointer', y: Math.round((event.clientY - box.top) * scale) });
  };
  const readByKeys = (place: ReadPlace) => {
    kept.current = place;
    move({ ...place, by: 'keys' });
  };
  const handlers = {
    onPointerDown: point,
    onPointerMove: point,
    // A finger that was lifted has pointed at what is read now.
    onPointerLeave: ({ pointerType }: PointerEvent) => pointerType !== 'touch' && move(null),
    onFocus() {
      if (count === 0 || cursor?.by === 'pointer') return;
      const { index, part } = kept.current;
      readByKeys({ index: Math.min(index, count - 1), part });
    },
    onBlur: () => move(null),
    onKeyDown(event: KeyboardEvent) {
      if (count === 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      const at = cursor ?? { ...kept.current, index: Math.min(kept.current.index, count - 1) };
      if (event.key === 'Escape') {
        if (!cursor) return;
        // A dialog around the chart stays open, as around a menu.
        event.preventDefault();
        event.stopPropagation();
        return move(null);
      }
      if (event.key === 'Enter') return cursor ? onEnter?.(at) : undefined;
      const next = cursorByKey(event.key, at, { count, rightToLeft, partsOf });
      if (!next) return;
      event.preventDefault();
      readByKeys(next);
    },
  };
  const isPointedAt = cursor?.by === 'pointer';
  const leave = useRef(() => {});
  leave.current = () => move(null);
  useEffect(() => {
    if (!isPointedAt) return;
    // Not every browser gives the focus to what a finger touches, and takes it away again.
    const elsewhere = (event: Event) => {
      if (root.current && !event.composedPath().includes(root.current)) leave.current();
    };
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, [isPointedAt]);
  const tip = cursor && tipOf(cursor);
  const middle = cursor ? plot.buckets.middleOf(cursor.index) : 0;
  return (
    <div ref={root} className="uk-chart" dir="ltr">
      {defs}
      <Surface
        width={width}
        height={height}
        role="application"
        tabIndex={0}
        aria-label={label}
        aria-keyshortcuts={`ArrowLeft ArrowRight${partsOf ? ' ArrowUp ArrowDown' : ''}${onEnter ? ' Enter' : ''}`}
        {...handlers}
      >
        {drawing.grid}
        {cursor &&
          (kind === 'bands' ? (
            <Rectangle
              className="uk-chart-cursor"
              x={middle - plot.buckets.step / 2}
              y={plot.top}
              width={plot.buckets.step}
              height={plot.bottom - plot.top}
              fill="var(--_muted)"
              fillOpacity={0.1}
            />
          ) : (
            <line
              className="uk-chart-cursor"
              x1={middle}
              x2={middle}
              y1={plot.top}
              y2={plot.bottom}
              stroke="var(--_muted)"
              strokeOpacity={0.5}
            />
          ))}
        {drawing.marks}
        {drawing.axes}
        {cursor && over && <Layer className="uk-chart-cursor">{over(plot, cursor)}</Layer>}
      </Surface>
      {tip && (
        <ChartTip
          tip={tip}
          x={middle}
          y={cursor?.y ?? plot.top}
          chart={{ width, height }}
          rightToLeft={rightToLeft}
        />
      )}
      <p className="uk-hidden" role="status">
        {tip && cursor?.by === 'keys' ? sentence(wordsOf(tip)) : ''}
      </p>
    </div>
  );
}

/** The line on which a drawing without amounts stands. */
function Ground({ plot }: { plot: Plot }) {
  const y = Math.round(plot.bottom) + 0.5;
  return <line x1={plot.left} x2={plot.right} y1={y} y2={y} stroke="var(--_border)" />;
}
