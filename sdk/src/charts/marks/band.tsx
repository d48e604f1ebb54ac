import { Curve, Layer } from 'recharts';
import type { AmountRange } from '../../derive/usage/running-points.ts';
import type { Plot } from '../frame/plot.ts';

interface BandProps {
  plot: Plot;
  /** A range of each bucket; the band has a gap where there is none. */
  ranges: readonly (AmountRange | undefined)[];
  colour: string;
}

/** Ranges over time, with both of their edges. Renders an SVG `g`, or nothing where there are none. */
export function Band({ plot, ranges, colour }: BandProps) {
  if (ranges.every((range) => range === undefined)) return null;
  const edge = (amountOf: (range: AmountRange) => number) =>
    ranges.map((range, index) => ({
      x: plot.buckets.middleOf(index),
      y: range ? plot.amounts.yOf(amountOf(range)) : null,
    }));
  const low = edge((range) => range.low);
  const high = edge((range) => range.high);
  return (
    <Layer className="uk-chart-band">
      <Curve points={high} baseLine={low} fill={colour} fillOpacity={0.14} stroke="none" />
      {[low, high].map((points, place) => (
        <Curve
          key={place === 0 ? 'low' : 'high'}
          points={points}
          fill="none"
          stroke={colour}
          strokeWidth={1}
          strokeDasharray="1 2"
        />
      ))}
    </Layer>
  );
}
