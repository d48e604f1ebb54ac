import type { ReactNode } from 'react';

export interface Segment<Value extends string> {
  value: Value;
  label: ReactNode;
}

export interface SegmentsProps<Value extends string> {
  /** The group's accessible name. */
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  onChange: (value: Value) => void;
}

/** A choice of one among a few, all in sight. Renders a `group` of toggle buttons. Reads nothing. */
export function Segments<Value extends string>({ label, segments, value, onChange }: SegmentsProps<Value>) {
  return (
    // A fieldset brings its own box and legend, which no sheet can undo everywhere.
    // biome-ignore lint/a11y/useSemanticElements: see above
    <div className="uk-segments" role="group" aria-label={label}>
      {segments.map((segment) => (
        <button
          key={segment.value}
          type="button"
          className="uk-segment"
          aria-pressed={segment.value === value}
          onClick={() => onChange(segment.value)}
        >
          {segment.label}
        </button>
      ))}
    </div>
  );
}

export interface SwitchProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}

/** Something that is on or off, at once. Renders a `button` with the role `switch`. Reads nothing. */
export function Switch({ checked, onChange, children }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      className="uk-switch"
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
