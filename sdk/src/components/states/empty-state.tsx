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
  const partClass = usePartClass();
  const { empty } = useSlots();
  if (empty !== undefined) return empty;
  return (
    <div className={partClass('empty')}>
      <p className="uk-strong">{title}</p>
      <p className="uk-muted">{detail}</p>
      {action && <div className="uk-empty-action">{action}</div>}
    </div>
  );
}
