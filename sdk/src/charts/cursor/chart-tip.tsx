'use client';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { type TipPlace, tipPlace } from './tip-place.ts';

/** A line of a tip. */
export interface TipLine {
  key: string;
  /** What stands before it, such as a swatch. */
  mark?: ReactNode;
  /** Whose figure it is, in a host's own words. */
  name?: string;
  figure: string;
  /** For what is not the bar's own figure. */
  isQuiet?: boolean;
  /** Whether it is of the part that keys chose. */
  isChosen?: boolean;
}

/** The words at a cursor. */
export interface Tip {
  title: string;
  lines: TipLine[];
  /** What is said in place of all of it where keys chose a part. */
  said?: string[];
}

/** A tip in the order in which it is read out. */
export function wordsOf({ title, lines, said }: Tip): string[] {
  return said ?? [title, ...lines.map(({ name, figure }) => (name ? `${name} ${figure}` : figure))];
}

interface ChartTipProps extends Omit<TipPlace, 'tip'> {
  tip: Tip;
}

/** The words at the cursor of the chart that it stands in. Renders a `div`. */
export function ChartTip({ tip, ...place }: ChartTipProps) {
  const box = useRef<HTMLDivElement>(null);
  // Its size depends on its words, so it is placed after each drawing and before it is painted.
  useLayoutEffect(() => {
    if (!box.current) return;
    const { offsetWidth, offsetHeight } = box.current;
    const { left, top } = tipPlace({ ...place, tip: { width: offsetWidth, height: offsetHeight } });
    box.current.style.transform = `translate(${left}px, ${top}px)`;
  });
  return (
    <div ref={box} className="uk-tooltip" dir={place.rightToLeft ? 'rtl' : 'ltr'} aria-hidden="true">
      <p className="uk-caption">{tip.title}</p>
      {tip.lines.map(({ key, mark, name, figure, isQuiet, isChosen }) => (
        <p
          key={key}
          className={isQuiet ? 'uk-caption' : 'uk-tooltip-line'}
          {...(isChosen && { 'data-chosen': '' })}
        >
          {mark}
          {name !== undefined && (
            <span className="uk-tooltip-name" dir="auto">
              {name}
            </span>
          )}
          <span className="uk-tooltip-figure">{figure}</span>
        </p>
      ))}
    </div>
  );
}
