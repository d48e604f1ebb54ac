'use client';
import { usePartClass } from './as-widget.tsx';
import { Icon } from './icon.tsx';
import type { Drawing } from './icons.ts';

export interface StatusPillProps {
  tone: 'good' | 'info' | 'neutral' | 'warning' | 'bad';
  icon?: Drawing | undefined;
  children: string;
}

/** A state as a word, with a shape where it has one. Renders a `span`. Reads nothing. */
export function StatusPill({ tone, icon, children }: StatusPillProps) {
  const partClass = usePartClass();
  return (
    <span className={partClass('pill')} data-tone={tone}>
      {icon && <Icon drawing={icon} />}
      {children}
    </span>
  );
}
