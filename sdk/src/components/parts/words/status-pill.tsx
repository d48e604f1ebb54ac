'use client';
import type { Drawing } from '../icons/icon.tsx';
import { Icon } from '../icons/icon.tsx';
import { usePartClass } from '../widget/as-widget.tsx';

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
