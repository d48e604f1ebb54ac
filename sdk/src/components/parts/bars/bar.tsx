'use client';
import type { MeterLevel } from '@usagekit/server/contract';
import { type ComponentType, useEffect, useRef } from 'react';
import { type BarFigures, type BarSpan, barGeometry } from '../../../derive/bar-geometry.ts';
import { usePartClass } from '../widget/as-widget.tsx';
import type { BeyondProps } from './beyond.tsx';

export interface BarProps extends BarFigures {
  level: MeterLevel;
  /** `thin` is 6 px high, `thick`, the default, 10 px. */
  size?: 'thin' | 'thick' | undefined;
  /** Draws what is beyond the allowance. It is given, so that it may be loaded later. */
  Beyond: ComponentType<BeyondProps>;
}

/**
 * The drawing of a meter: used, held (lighter) and overage (hatched, on a scale that grows beyond 100%), with marks at the end of
 * the allowance and where use is refused. Renders an `svg` that assistive technology ignores; `MeterBar` gives it a role and a
 * value. Reads nothing.
 */
export function Bar({ level, size = 'thick', Beyond, ...figures }: BarProps) {
  const partClass = usePartClass();
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
      <rect className={partClass('barUsed')} {...along(used)} />
      {held.length > 0 && <rect className={partClass('barHeld')} {...along(held)} />}
      {over.length > 0 ? (
        <Beyond {...{ over, includedMark }} capMark={size === 'thick' ? capMark : null} />
      ) : (
        end > 0 &&
        end < 100 && (
          <rect
            className="uk-bar-edge"
            width={1.5}
            x={`${end}%`}
            height="100%"
            transform="translate(-1.5 0)"
          />
        )
      )}
    </svg>
  );
}

/** Where a piece of the bar lies. */
const along = ({ start, length }: BarSpan) => ({ x: `${start}%`, width: `${length}%`, height: '100%' });
