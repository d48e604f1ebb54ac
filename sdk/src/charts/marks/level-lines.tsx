import { Layer } from 'recharts';
import type { Plot } from '../frame/plot.ts';

/** An amount that is drawn through all buckets. */
export interface LevelLine {
  key: string;
  amount: number;
  label: string;
  stroke: string;
  isDashed: boolean;
}

/** The least room between the words of two lines at the same end. */
const wordsHeight = 16;
const gap = 5;

/** Lines with their words above them, at the other end where two stand close. Renders an SVG `g` for each. */
export function LevelLines({ plot, lines }: { plot: Plot; lines: readonly LevelLine[] }) {
  const { left, right, rightToLeft, amounts } = plot;
  let last = { y: Infinity, isAtStart: true };
  return lines
    .toSorted((one, other) => one.amount - other.amount)
    .map(({ key, amount, label, stroke, isDashed }) => {
      const y = amounts.yOf(amount);
      const isAtStart = last.y - y >= wordsHeight || !last.isAtStart;
      last = { y, isAtStart };
      const isAtLeft = isAtStart !== rightToLeft;
      return (
        <Layer key={key} className="recharts-reference-line">
          <line
            x1={left}
            x2={right}
            y1={y}
            y2={y}
            stroke={stroke}
            strokeWidth={1.5}
            {...(isDashed && { strokeDasharray: '6 3' })}
          />
          <text
            className="recharts-text recharts-label"
            x={isAtLeft ? left + gap : right - gap}
            y={y - gap}
            fill={stroke}
            textAnchor={isAtLeft ? 'start' : 'end'}
          >
            {label}
          </text>
        </Layer>
      );
    });
}
