'use client';
import type { MeterLevel } from '@usagekit/server/contract';
import { useId } from 'react';
import { usePartClass } from '../widget/as-widget.tsx';
import { Hatch } from './hatch.tsx';

/** The small square of a legend, drawn as the part of the bar that it names. Renders an `svg`. Reads nothing. */
export function Swatch({ part, level }: { part: 'used' | 'held' | 'over'; level: MeterLevel }) {
  const partClass = usePartClass();
  const hatchId = useId();
  return (
    <svg className="uk-swatch" data-level={level} width="10" height="10" aria-hidden="true">
      {part === 'over' ? (
        <>
          <Hatch id={hatchId} />
          <rect width="100%" height="100%" fill={`url(#${hatchId})`} />
        </>
      ) : (
        <rect className={partClass(part === 'used' ? 'barUsed' : 'barHeld')} width="100%" height="100%" />
      )}
    </svg>
  );
}
