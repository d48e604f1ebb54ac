'use client';
import type { ReactNode } from 'react';
import { usePartClass } from '../parts/widget/as-widget.tsx';

export interface StateBoxProps {
  title: string;
  role?: 'alert' | undefined;
  children?: ReactNode;
}

/** Stands where figures are missing, and says why in one sentence. Renders a `div`. Reads nothing. */
export function StateBox({ title, role, children }: StateBoxProps) {
  const partClass = usePartClass();
  return (
    <div className={partClass('empty')} role={role}>
      <p className="uk-strong">{title}</p>
      {children}
    </div>
  );
}
