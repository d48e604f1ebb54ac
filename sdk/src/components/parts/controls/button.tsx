'use client';
import type { ComponentPropsWithoutRef, ReactNode } from 'react';
import { usePartClass } from '../widget/as-widget.tsx';

export interface ButtonProps extends Omit<ComponentPropsWithoutRef<'button'>, 'type'> {
  /** `plain` by default; a widget has one `primary` at most. */
  kind?: 'primary' | 'plain' | 'quiet' | undefined;
  /** An address; the button is then a link. */
  href?: string | undefined;
  children: ReactNode;
}

/** A button, or a link that looks like one. Renders `button` or `a`. Reads nothing. */
export function Button({ kind = 'plain', href, className, children, ...rest }: ButtonProps) {
  const names = usePartClass()('button', className);
  if (href !== undefined) {
    return (
      <a className={names} data-kind={kind} href={href}>
        {children}
      </a>
    );
  }
  return (
    <button type="button" className={names} data-kind={kind} {...rest}>
      {children}
    </button>
  );
}
