'use client';
import { usePartClass } from '../widget/as-widget.tsx';
export interface SparklineProps {
  /** In order of time; at least two. */
  values: readonly number[];
  /** Its content in words. */
  label: string;
}

const width = 44;
const height = 16;
/** Half the line, which would be cut off at the edges. */
const inset = 1;

/** The course of a figure in a word's room. Renders an `svg` with the role `img`. Reads nothing. */
export function Sparkline({ values, label }: SparklineProps) {
  const partClass = usePartClass();
  const highest = Math.max(...values, 0);
  const lowest = Math.min(...values, 0);
  const scale = highest > lowest ? (height - 2 * inset) / (highest - lowest) : 0;
  const step = (width - 2 * inset) / Math.max(1, values.length - 1);
  const points = values.map((value, place) => [
    round(inset + place * step),
    round(height - inset - (value - lowest) * scale),
  ]);
  const line = points.map((point) => point.join(' ')).join('L');
  const [[lastX, lastY] = [0, 0]] = points.slice(-1);
  return (
    <svg
      className={partClass('spark')}
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <path className="uk-spark-area" d={`M${inset} ${height}L${line}L${lastX} ${height}Z`} />
      <path className="uk-spark-line" d={`M${line}`} />
      <circle className="uk-spark-end" cx={lastX} cy={lastY} r="1.75" />
    </svg>
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
