'use client';
import type { ReactNode } from 'react';
import { usePartClass } from './as-widget.tsx';

export interface HeadingProps {
  level: number;
  className: string;
  id?: string | undefined;
  tabIndex?: number | undefined;
  children: ReactNode;
}

/** A heading of a level that is only known where it is used, at most 6. Renders `h2` to `h6`. */
export function Heading({ level, ...rest }: HeadingProps) {
  const Tag = `h${Math.min(level, 6)}` as 'h2';
  return <Tag {...rest} />;
}

export interface CardProps {
  title: ReactNode;
  /** 2 by default. */
  headingLevel?: number | undefined;
  /** A line under the title. */
  caption?: ReactNode;
  /** Content at the end of the title's line. */
  side?: ReactNode;
  children?: ReactNode;
}

/** A bordered ground with a title. Renders a `div` with a heading. Reads nothing. */
export function Card({ title, headingLevel = 2, caption, side, children }: CardProps) {
  const partClass = usePartClass();
  return (
    <div className={partClass('card')}>
      <div className={partClass('head')}>
        <div className="uk-head-text">
          <Heading level={headingLevel} className={partClass('title')}>
            {title}
          </Heading>
          {caption && <p className="uk-caption">{caption}</p>}
        </div>
        {side && <div className="uk-head-side">{side}</div>}
      </div>
      {children}
    </div>
  );
}
