'use client';
import type { ComponentPropsWithoutRef, ReactNode } from 'react';
import { usePartClass } from '../widget/as-widget.tsx';

export interface LinkButtonProps extends Omit<ComponentPropsWithoutRef<'button'>, 'type'> {
  children: ReactNode;
}

/** Text within a line that does something. Renders a `button`. Reads nothing. */
export function LinkButton({ className, children, ...rest }: LinkButtonProps) {
  const partClass = usePartClass();
  return (
    <button type="button" className={partClass('link', className)} {...rest}>
      {children}
    </button>
  );
}
