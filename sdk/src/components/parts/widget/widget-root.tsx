'use client';
import { type ReactNode, useEffect } from 'react';
import { loadTrouble } from '../../states/use-trouble.ts';
import { joined, RootContent, usePartClass, useRootAttributes } from './as-widget.tsx';

export type { WidgetProps } from './as-widget.tsx';

export interface WidgetRootProps {
  /** Stands in `data-widget`, such as `credit-balance`. */
  name: string;
  /** Stands in `data-state`: a status of the data, or how the figures stand. */
  state: string;
  /** The accessible name. */
  label: string;
  /** Whether it is loading, for assistive technology. */
  busy?: boolean | undefined;
  /** Added to the root's own class. */
  className?: string | undefined;
  /** What is shown inside. */
  children: ReactNode;
}

/**
 * The root of a widget, under which the sheet applies and whose own width the layout follows. Renders a `div` with the
 * role `region` and an accessible name. Takes what the host gave the widget for its root.
 */
export function WidgetRoot({ name, state, label, busy, className, children }: WidgetRootProps) {
  const { className: given, ...attributes } = useRootAttributes();
  const partClass = usePartClass();
  // What keeps the focus comes with it, so figures of the host ask for it too; nothing is to hold up the first ones.
  useEffect(() => {
    if (!busy) void loadTrouble();
  }, [busy]);
  return (
    // Sheets give sections a padding and a ground, which would reach a root that leaves its box to the host.
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div
      role="region"
      {...attributes}
      className={joined(partClass('root', className), given)}
      data-widget={name}
      data-state={state}
      aria-label={label}
      aria-busy={busy || undefined}
    >
      <RootContent>{children}</RootContent>
    </div>
  );
}
