'use client';
import type { ReactNode } from 'react';
import { usePartClass } from './as-widget.tsx';
import { Heading } from './card.tsx';

export interface SectionProps {
  title: ReactNode;
  headingLevel: number;
  side?: ReactNode;
  children: ReactNode;
}

/** A part of a card under a heading of its own. Renders a `div`. Reads nothing. */
export function Section({ title, headingLevel, side, children }: SectionProps) {
  const partClass = usePartClass();
  return (
    <div className={partClass('section')}>
      <div className="uk-section-head">
        <Heading level={headingLevel} className={partClass('subtitle')}>
          {title}
        </Heading>
        {side}
      </div>
      {children}
    </div>
  );
}
