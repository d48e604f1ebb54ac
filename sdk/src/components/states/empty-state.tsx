'use client';
import type { ReactNode } from 'react';
import { useSlots } from '../parts/widget/as-widget.tsx';
import { StateBox } from './state-box.tsx';

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
