import type { ReactNode } from 'react';

export interface EmptyStateProps {
  title: string;
  /** What will stand here, and how it comes. */
  detail: string;
  action?: ReactNode;
}

/** Says what will stand here. Renders a `div`. Reads nothing. */
export function EmptyState({ title, detail, action }: EmptyStateProps) {
  return (
    <div className="uk-empty">
      <p className="uk-strong">{title}</p>
      <p className="uk-muted">{detail}</p>
      {action && <div className="uk-empty-action">{action}</div>}
    </div>
  );
}
