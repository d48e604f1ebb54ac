import { Layer } from 'recharts';
import type { Plot } from '../frame/plot.ts';
import type { FittingLabel } from './fitting-labels.ts';

const gap = 10;

/** The names of the buckets under the drawing. Renders an SVG `g`. */
export function BucketAxis({ plot, labels }: { plot: Plot; labels: readonly FittingLabel[] }) {
  return (
    <Layer className="recharts-xAxis-tick-labels">
      {labels.map(({ index, middle, words }) => (
        <text
          key={index}
          className="recharts-text"
          x={middle}
          y={plot.bottom + gap}
          dy="0.71em"
          textAnchor="middle"
        >
          {words}
        </text>
      ))}
    </Layer>
  );
}
