'use client';
import type { MeterLevel } from '@usagekit/server/contract';
import { useEffect, useId, useRef } from 'react';
import { type BarFigures, barGeometry } from '../../../derive/bar-geometry.ts';
import { usePartClass } from '../widget/as-widget.tsx';

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
      {over.length > 0 && (
        <defs>
          <pattern
            id={hatchId}
            width="5"
            height="5"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect className="uk-bar-over" width="5" height="5" />
            <line className="uk-bar-hatch" x1="0" y1="0" x2="0" y2="5" />
          </pattern>
        </defs>
      )}
      <rect className={partClass('barUsed')} width={`${used.length}%`} height="100%" />
      {held.length > 0 && (
        <rect className={partClass('barHeld')} x={`${held.start}%`} width={`${held.length}%`} height="100%" />
      )}
      {over.length > 0 && (
        <rect x={`${over.start}%`} width={`${over.length}%`} height="100%" fill={`url(#${hatchId})`} />
      )}
      {end > 0 && end < 100 && over.length === 0 && (
        <rect className="uk-bar-edge" x={`${end}%`} width="1.5" height="100%" transform="translate(-1.5 0)" />
      )}
      {includedMark !== null && (
        <rect
          className="uk-bar-mark"
          x={`${includedMark}%`}
          width="2"
          height="100%"
          transform="translate(-1 0)"
        />
      )}
      {capMark !== null && size === 'thick' && (
        <rect
          className="uk-bar-mark-cap"
          x={`${capMark}%`}
          width="2"
          height="100%"
          transform="translate(-1 0)"
        />
      )}
    </svg>
  );
}

/** The small square of a legend, drawn as the part of the bar that it names. Renders an `svg`. Reads nothing. */
export function Swatch({ part, level }: { part: 'used' | 'held' | 'over'; level: MeterLevel }) {
  const partClass = usePartClass();
  const hatchId = useId();
  return (
    <svg className="uk-swatch" data-level={level} width="10" height="10" aria-hidden="true">
      {part === 'over' ? (
        <>
          <defs>
            <pattern
              id={hatchId}
              width="5"
              height="5"
              patternUnits="userSpaceOnUse"
              patternTransform="rotate(45)"
            >
              <rect className="uk-bar-over" width="5" height="5" />
              <line className="uk-bar-hatch" x1="0" y1="0" x2="0" y2="5" />
            </pattern>
          </defs>
          <rect width="100%" height="100%" fill={`url(#${hatchId})`} />
        </>
      ) : (
        <rect className={partClass(part === 'used' ? 'barUsed' : 'barHeld')} width="100%" height="100%" />
      )}
    </svg>
  );
}
