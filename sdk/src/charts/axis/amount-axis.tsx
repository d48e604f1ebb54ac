import { Layer } from 'recharts';
import type { Plot } from '../frame/plot.ts';

/** From the words of an amount to the drawing. */
export const amountGap = 6;

/** The amounts at the side where reading begins. Renders an SVG `g`. */
export function AmountAxis({ plot, words }: { plot: Plot; words: readonly string[] }) {
  const { amounts, left, right, rightToLeft } = plot;
  return (
    <Layer className="recharts-yAxis-tick-labels">
      {amounts.ticks.map((tick, place) => (
        <text
          key={tick}
          className="recharts-text"
          x={rightToLeft ? right + amountGap : left - amountGap}
          y={amounts.yOf(tick)}
          dy="0.355em"
          textAnchor={rightToLeft ? 'start' : 'end'}
        >
          {words[place]}
        </text>
      ))}
    </Layer>
  );
}

/** A hairline at each amount that is named; the one at zero is the ground. Renders an SVG `g`. */
export function AmountGrid({ plot }: { plot: Plot }) {
  const { amounts, left, right } = plot;
  return (
    <Layer className="recharts-cartesian-grid">
      {amounts.ticks.map((tick) => {
        const y = Math.round(amounts.yOf(tick)) + 0.5;
        return (
          <line
            key={tick}
            x1={left}
            x2={right}
            y1={y}
            y2={y}
            stroke="var(--_border)"
            {...(tick !== 0 && { strokeDasharray: '2 3' })}
          />
        );
      })}
    </Layer>
  );
}
