'use client';
import type { ReactNode } from 'react';
import { usePartClass, useSlots } from '../parts/widget/as-widget.tsx';

export interface EmptyStateProps {
  title: string;
  /** The future content, and how it comes. */
  detail: string;
  action?: ReactNode;
}

/** Says what will stand here. Renders a `div`. Reads nothing. */
export function EmptyState({ title, detail, action }: EmptyStateProps) {
  const { empty } = useSlots();
  if (empty !== undefined) return empty;
  return (
    <StateBox title={title}>
      <p className="uk-muted">{detail}</p>
      {action && <div className="uk-empty-action">{action}</div>}
    </StateBox>
  );
}

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
