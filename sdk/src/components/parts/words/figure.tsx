'use client';
import type { ReactNode } from 'react';
import type { ShortFigure } from '../../../format/create-format.ts';
import { usePartClass } from '../widget/as-widget.tsx';

export interface FigureProps {
  label: string;
  /** The figure without its unit. */
  value: ShortFigure;
  /** The unit's word; left out where the figure bears its currency. */
  unit?: string | undefined;
  /** `over` colours the figure. */
  level?: 'over' | undefined;
  /** Lines beneath. */
  children?: ReactNode;
}

/** The one big figure of a widget with its label. Renders a `div`; the exact figure is its title. Reads nothing. */
export function Figure({ label, value, unit, level, children }: FigureProps) {
  const partClass = usePartClass();
  return (
    <div className={partClass('figure')} data-level={level}>
      <p className={partClass('figureLabel')}>{label}</p>
      <p className="uk-figure-value" title={`${value.exact}${unit ? ` ${unit}` : ''}`}>
        <bdi className={partClass('figureNumber')}>{value.text}</bdi>
        {unit && <span className="uk-run">{unit}</span>}
      </p>
      {children}
    </div>
  );
}
