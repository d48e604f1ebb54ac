import type { ReactNode } from 'react';

export interface NoticeProps {
  /** `over` for what stops work; plain by default. */
  tone?: 'over' | 'plain';
  title: string;
  children?: ReactNode;
  /** At most one thing to do. */
  action?: ReactNode;
}

/** No line ends between a figure and the word after it. The words are found, read and copied as before. */
const whole = (words: ReactNode) =>
  typeof words === 'string' ? words.replaceAll(/(?<=\p{Nd}) (?=\p{L})/gu, '\u00a0') : words;

/** A message with the one thing to do. Renders a `div` with the role `status`. */
export function Notice({ tone = 'plain', title, children, action }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role="status">
      <div>
        <p className="notice-title">{whole(title)}</p>
        {children && <p className="notice-text small">{whole(children)}</p>}
      </div>
      {action}
    </div>
  );
}
