'use client';
import { useId } from 'react';
import type { BarGeometry } from '../../../derive/bar-geometry.ts';
import { Hatch } from './hatch.tsx';

export type BeyondProps = Pick<BarGeometry, 'over' | 'includedMark' | 'capMark'>;

/** What a bar has beyond the allowance: overage, hatched, and marks where the allowance ends and where use is refused. Renders SVG. */
export function Beyond({ over, includedMark, capMark }: BeyondProps) {
  const id = useId();
  return (
    <>
      <Hatch id={id} />
      <rect x={`${over.start}%`} width={`${over.length}%`} height="100%" fill={`url(#${id})`} />
      {includedMark !== null && markAt('uk-bar-mark', includedMark)}
      {capMark !== null && markAt('uk-bar-mark-cap', capMark)}
    </>
  );
}

/** A line across the bar, two pixels wide, in the middle of its place. */
const markAt = (className: string, percent: number) => (
  <rect {...{ className }} width={2} x={`${percent}%`} height="100%" transform="translate(-1 0)" />
);
