import type { KeyboardEvent } from 'react';
import type { Format } from '../format/create-format.ts';
import { type BucketsOf, formatTick } from '../format/format-bucket.ts';

/** Lets a bar be clicked. Keys reach the figure of a whole bar by `barKeys`, and that of a part in the rows beneath. */
export function barClick(onBar: ((at: string) => void) | undefined) {
  return onBar
    ? {
        cursor: 'pointer',
        onClick: ({ payload }: { payload?: { at?: string } }) => payload?.at && onBar(payload.at),
      }
    : {};
}

/** Lets Enter open the bar at the cursor that arrow keys move. For the element around the chart. */
export function barKeys(onBar: ((at: string) => void) | undefined) {
  return onBar
    ? {
        // Before the chart's own, which takes its cursor away.
        onKeyDownCapture({ key, currentTarget }: KeyboardEvent<HTMLElement>) {
          const at = key === 'Enter' && currentTarget.querySelector<HTMLElement>('[data-at]')?.dataset.at;
          if (at) onBar(at);
        },
      }
    : {};
}

// Properties shared by charts by day. They are properties and not a component, since the chart library looks for its own
// components among the children.

export const dayGrid = { vertical: false, stroke: 'var(--_border)', strokeDasharray: '2 3' } as const;

/** What marks the place that is read, in charts of lines. */
export const dayCursor = { stroke: 'var(--_muted)', strokeOpacity: 0.5 } as const;

/** What is expected until the end of the period. */
export function expectedLine(stroke: string) {
  return {
    dataKey: 'expected',
    stroke,
    strokeWidth: 1.5,
    strokeDasharray: '4 4',
    dot: false,
    activeDot: false,
    isAnimationActive: false,
  } as const;
}

/** Days, hours, weeks or months from where reading begins, as many of them named as fit. */
export function dayAxis(format: Format, buckets: BucketsOf, rightToLeft: boolean) {
  return {
    dataKey: 'at',
    reversed: rightToLeft,
    tickFormatter: (at: string) => formatTick(at, buckets, format),
    tickLine: false,
    axisLine: { stroke: 'var(--_border)' },
    minTickGap: 28,
    tickMargin: 8,
    height: 28,
  };
}

/** Amounts, at the side where reading begins. */
export function amountAxis(format: Format, rightToLeft: boolean) {
  return {
    orientation: rightToLeft ? 'right' : 'left',
    tickFormatter: (value: number) => format.axis(value),
    tickLine: false,
    axisLine: false,
    width: 'auto',
    tickCount: 5,
    tickMargin: 6,
  } as const;
}
