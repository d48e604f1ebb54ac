import type { ReactNode } from 'react';

/** What every widget takes from its host. */
export interface WidgetProps {
  /** Added to the root's own class. */
  className?: string | undefined;
  id?: string | undefined;
  /** Level of the widget's heading, 2 by default; headings within it are one lower. */
  headingLevel?: 2 | 3 | 4 | 5 | undefined;
}

export interface WidgetRootProps extends Omit<WidgetProps, 'headingLevel'> {
  /** Stands in `data-widget`, such as `credit-balance`. */
  name: string;
  /** Stands in `data-state`: a status of the data, or how the figures stand. */
  state: string;
  /** The accessible name. */
  label: string;
  busy?: boolean | undefined;
  children: ReactNode;
}

/**
 * The root of a widget, under which the sheet applies and whose own width the layout follows.
 * Renders a `div` with the role `region` and an accessible name. Reads nothing.
 */
export function WidgetRoot({ name, state, label, busy, className, id, children }: WidgetRootProps) {
  return (
    // Sheets give sections a padding and a ground, which would reach a root that leaves its box to the host.
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div
      id={id}
      role="region"
      className={className ? `uk-root ${className}` : 'uk-root'}
      data-widget={name}
      data-state={state}
      aria-label={label}
      aria-busy={busy || undefined}
    >
      {children}
    </div>
  );
}
