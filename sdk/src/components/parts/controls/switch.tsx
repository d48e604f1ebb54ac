'use client';
import type { ReactNode } from 'react';
import { usePartClass } from '../widget/as-widget.tsx';

export interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

/** Something that is on or off, at once. Renders a `button` with the role `switch`. Reads nothing. */
export function Switch({ checked, onChange, children }: SwitchProps) {
  const partClass = usePartClass();
  return (
    <button
      type="button"
      role="switch"
      className={partClass('switch')}
      aria-checked={checked}
      onClick={() => onChange(!checked)}
    >
      {children}
      <span className="uk-switch-track">
        <span className="uk-switch-thumb" />
      </span>
    </button>
  );
}
