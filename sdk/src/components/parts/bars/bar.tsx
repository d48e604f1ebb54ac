'use client';
import type { MeterLevel } from '@usagekit/server/contract';
import { useEffect, useId, useRef } from 'react';
import { type BarFigures, type BarSpan, barGeometry } from '../../../derive/bar-geometry.ts';
import { usePartClass } from '../widget/as-widget.tsx';
import { Hatch } from './hatch.tsx';

export interface BarProps extends BarFigures {
  level: MeterLevel;
  /** `thin` is 6 px high, `thick`, the default, 10 px. */
  size?: 'thin' | 'thick' | undefined;
}

/**
 * The drawing of a meter: used, held (lighter) and overage (hatched, on a scale that grows beyond 100%), with marks at the end of
 * the allowance and where use is refused. Renders an `svg` that assistive technology ignores; `MeterBar` gives it a role and a
 * value. Reads nothing.
 */
export function Bar({ level, size = 'thick', ...figures }: BarProps) {
  const partClass = usePartClass();
  const hatchId = useId();
  const { used, held, over, includedMark, capMark } = barGeometry(figures);
  const end = used.length + held.length;
  // A step that nobody sees is not worth some frames of layout, in each of a page's bars and for each debit.
  const before = useRef(end);
  const isSeen = Math.abs(end - before.current) >= 1;
  useEffect(() => {
    before.current = end;
  });
  return (
    <svg
      className={partClass('bar')}
      data-level={level}
      data-size={size}
      data-moved={isSeen || undefined}
      width="100%"
      height="10"
      aria-hidden="true"
    >
      {over.length > 0 && <Hatch id={hatchId} />}
      <rect className={partClass('barUsed')} {...along(used)} />
      {held.length > 0 && <rect className={partClass('barHeld')} {...along(held)} />}
      {over.length > 0 && <rect {...along(over)} fill={`url(#${hatchId})`} />}
      {end > 0 && end < 100 && over.length === 0 && lineAt('uk-bar-edge', end, 1.5, 1.5)}
      {includedMark !== null && lineAt('uk-bar-mark', includedMark, 2, 1)}
      {capMark !== null && size === 'thick' && lineAt('uk-bar-mark-cap', capMark, 2, 1)}
    </svg>
  );
}

/** Where a piece of the bar lies. */
const along = ({ start, length }: BarSpan) => ({ x: `${start}%`, width: `${length}%`, height: '100%' });

/** A line across the bar, so many pixels wide, moved back by some of them. */
const lineAt = (className: string, percent: number, width: number, back: number) => (
  <rect {...{ className, width }} x={`${percent}%`} height="100%" transform={`translate(-${back} 0)`} />
);
