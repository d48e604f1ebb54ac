'use client';
import { usePartClass } from './as-widget.tsx';
import { Icon, type IconName } from './icon.tsx';

export interface StatusPillProps {
  tone: 'good' | 'info' | 'neutral' | 'warning' | 'bad';
  icon?: IconName | undefined;
  children: string;
}

/** A state as a word, with a shape where it has one. Renders a `span`. Reads nothing. */
export function StatusPill({ tone, icon, children }: StatusPillProps) {
  const partClass = usePartClass();
  return (
    <span className={partClass('pill')} data-tone={tone}>
      {icon && <Icon name={icon} />}
      {children}
    </span>
  );
}
