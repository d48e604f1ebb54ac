'use client';
import { usePartClass } from './as-widget.tsx';

/** 16 px drawings, each stroked in the colour of the text around it; a second path is cut out of the first, filled. */
const drawings = {
  warning: ['M8 2.2 14.4 13.4H1.6ZM8 6.4v3.2M8 11.4v.2'],
  high: ['M8 2.2 14.4 13.4H1.6Z', 'M8 6.4v3.2M8 11.4v.2'],
  over: ['M5.2 1.8h5.6l3.4 3.4v5.6l-3.4 3.4H5.2l-3.4-3.4V5.2Z', 'M8 4.8v3.8M8 11v.2'],
  check: ['m3.2 8.4 3.2 3.2 6.4-7'],
  cross: ['m4 4 8 8m0-8-8 8'],
  dash: ['M3.6 8h8.8'],
  clock: ['M8 4.4V8l2.4 1.6M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z'],
  running: ['M8 2a6 6 0 1 1-6 6'],
  pause: ['M5.6 3.6v8.8m4.8-8.8v8.8'],
  download: ['M8 2.4v7.4m-3-2.8 3 3 3-3M2.6 13.4h10.8'],
  chevron: ['m6 3.6 4.4 4.4L6 12.4'],
  up: ['M8 13V3.4m-4 4 4-4 4 4'],
} satisfies Record<string, [drawn: string, cut?: string]>;

export type IconName = keyof typeof drawings;

export interface IconProps {
  name: IconName;
}

/** A small drawing beside a word that says the same. Renders an `svg` that assistive technology passes over. */
export function Icon({ name }: IconProps) {
  const partClass = usePartClass();
  const [drawn, cut]: [drawn: string, cut?: string] = drawings[name];
  return (
    <svg
      className={partClass('icon')}
      data-icon={name}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={drawn} fill={cut && 'currentColor'} className={`uk-icon-${name}`} />
      {cut && <path d={cut} className="uk-icon-cut" />}
    </svg>
  );
}
