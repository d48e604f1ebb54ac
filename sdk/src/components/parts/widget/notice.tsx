'use client';
import type { ReactNode } from 'react';
import { usePartClass } from './as-widget.tsx';

export interface NoticeProps {
  /** Neutral by default. */
  tone?: 'good' | 'warning' | 'bad' | undefined;
  role?: 'alert' | 'status' | undefined;
  /** An icon, and a `div` with the class `uk-notice-body`. */
  children: ReactNode;
}

/** An event, its meaning and the thing to do. Renders a `div`. Reads nothing. */
export function Notice({ tone, role, children }: NoticeProps) {
  const partClass = usePartClass();
  return (
    <div className={partClass('notice')} data-tone={tone} role={role}>
      {children}
    </div>
  );
}
