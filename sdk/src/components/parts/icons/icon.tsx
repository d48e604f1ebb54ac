'use client';
import { usePartClass } from '../widget/as-widget.tsx';

/** A drawing's name, its lines, and the lines that are cut out of it, which is then filled. 16 px. */
export type Drawing = readonly [name: string, drawn: string, cut?: string];

export interface IconProps {
  drawing: Drawing;
}

/**
 * A small drawing in the colour of the surrounding text, next to a word with the same meaning. Renders an `svg` that assistive
 * technology ignores.
 */
export function Icon({ drawing: [name, drawn, cut] }: IconProps) {
  const partClass = usePartClass();
  return (
    <svg className={partClass('icon')} data-icon={name} viewBox="0 0 16 16" aria-hidden="true">
      <path d={drawn} className={`uk-icon-${name}`} />
      {cut && <path d={cut} className="uk-icon-cut" />}
    </svg>
  );
}
