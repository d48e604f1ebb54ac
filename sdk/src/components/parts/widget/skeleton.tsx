'use client';
import { usePartClass } from './as-widget.tsx';
export interface SkeletonProps {
  /** In pixels; what it stands for must be as high. */
  height: number;
  /** Width in percent of the line; 100 by default. */
  widthPercent?: number | undefined;
  /** Space above, in pixels; 0 by default. */
  before?: number | undefined;
}

/**
 * A grey block in place of something that is on its way. Renders an `svg`, since lengths as attributes need no inline
 * style, and says nothing to assistive technology: the widget around it is busy and says so. Reads nothing.
 */
export function Skeleton({ height, widthPercent = 100, before = 0 }: SkeletonProps) {
  const partClass = usePartClass();
  return (
    <svg className={partClass('skeletonLine')} width="100%" height={height + before} aria-hidden="true">
      <rect className="uk-skeleton" y={before} width={`${widthPercent}%`} height={height} rx="4" />
    </svg>
  );
}

/** A block of a skeleton: its height, its width in percent, and the space above it. */
export type SkeletonLine = readonly [height: number, widthPercent?: number, before?: number];

/** Several blocks, one above the other. Renders an `svg` each. Reads nothing. */
export function SkeletonLines({ lines }: { lines: readonly SkeletonLine[] }) {
  return lines.map(([height, widthPercent, before], place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the blocks never change their order
    <Skeleton key={place} {...{ height, widthPercent, before }} />
  ));
}
