import { Curve, Layer } from 'recharts';
import type { Plot } from '../frame/plot.ts';

interface LineProps {
  plot: Plot;
  /** An amount of each bucket; the line has a gap where there is none. */
  amounts: readonly (number | undefined)[];
  stroke: string;
  strokeWidth?: number;
  strokeOpacity?: number;
  strokeDasharray?: string;
  /** Fills what is under it. */
  fill?: string;
  fillOpacity?: number;
  isSmooth?: boolean;
}

/** What is expected of the rest of a period. */
export const expectedLook = { strokeWidth: 1.5, strokeDasharray: '4 4' } as const;

/** Amounts over time as a line, with or without the area under it. Renders an SVG `g`, or nothing where there are none. */
export function Line({ plot, amounts, isSmooth, fill, fillOpacity = 1, ...look }: LineProps) {
  if (amounts.every((amount) => amount === undefined)) return null;
  const points = amounts.map((amount, index) => ({
    x: plot.buckets.middleOf(index),
    y: amount === undefined ? null : plot.amounts.yOf(amount),
  }));
  const type = isSmooth ? 'monotoneX' : 'linear';
  // A line through one point has no length.
  const lone = points.filter(
    ({ y }, index) =>
      y !== null && (points[index - 1]?.y ?? null) === null && (points[index + 1]?.y ?? null) === null,
  );
  return (
    <Layer className={fill ? 'recharts-area' : 'recharts-line'}>
      {fill && (
        <Curve
          className="recharts-area-area"
          {...{ points, type, fill, fillOpacity }}
          baseLine={plot.amounts.yOf(0)}
          stroke="none"
        />
      )}
      <Curve {...{ points, type }} fill="none" strokeLinejoin="round" strokeLinecap="round" {...look} />
      {lone.map(({ x, y }) => (
        <circle key={x} cx={x} cy={y ?? 0} r={2} fill={look.stroke} fillOpacity={look.strokeOpacity} />
      ))}
    </Layer>
  );
}

/** A point of a line that the cursor is at. Renders an SVG `circle`, or nothing where the line has none there. */
export function LineDot(props: { plot: Plot; index: number; amount: number | undefined; fill: string }) {
  const { plot, index, amount, fill } = props;
  if (amount === undefined) return null;
  return (
    <circle
      cx={plot.buckets.middleOf(index)}
      cy={plot.amounts.yOf(amount)}
      r={4}
      fill={fill}
      stroke="var(--_surface)"
      strokeWidth={2}
    />
  );
}
