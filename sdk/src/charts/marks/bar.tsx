import { Layer, Rectangle } from 'recharts';
import type { Plot } from '../frame/plot.ts';
import { barSpan } from '../scale/bucket-scale.ts';
import type { StackOffset } from '../scale/stack-offsets.ts';

const radius = 2;

interface BarProps {
  plot: Plot;
  index: number;
  /** The amounts that it reaches from and to. */
  offset: StackOffset;
  /** Whether the end that is farther from zero is the end of the whole bar. */
  isEnd: boolean;
  fill: string;
  stroke?: string;
  strokeWidth?: number;
  onClick?: (() => void) | undefined;
}

/** A bar, or a part of one. Renders an SVG `g`. */
export function Bar({ plot, index, offset, isEnd, onClick, ...look }: BarProps) {
  const { yOf } = plot.amounts;
  const y = yOf(offset.to);
  return (
    <Layer className="recharts-bar-rectangle" {...(onClick && { onClick, cursor: 'pointer' })}>
      <Rectangle
        {...barSpan(plot.buckets, index)}
        y={y}
        // Negative where the bar hangs down: its first two corners are then the lower ones.
        height={yOf(offset.from) - y}
        radius={isEnd ? [radius, radius, 0, 0] : 0}
        {...look}
      />
    </Layer>
  );
}
