import type { ReactNode } from 'react';

export interface NoticeProps {
  /** `over` for what stops work; plain by default. */
  tone?: 'over' | 'plain';
  title: string;
  children?: ReactNode;
  /** At most one thing to do. */
  action?: ReactNode;
}

/** A message with the one thing to do. Renders a `div` with the role `status`. */
export function Notice({ tone = 'plain', title, children, action }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role="status">
      <div>
        <p className="notice-title">{title}</p>
        {children && <p className="notice-text small">{children}</p>}
      </div>
      {action}
    </div>
  );
}
