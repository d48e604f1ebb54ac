'use client';
import type { ReactNode } from 'react';
import { usePartClass } from '../widget/as-widget.tsx';

export interface Segment<Value extends string> {
  value: Value;
  label: ReactNode;
}

export interface SegmentsProps<Value extends string> {
  /** The group's accessible name. */
  label: string;
  segments: readonly Segment<Value>[];
  value: Value;
  /** Without it the choice is disabled. */
  onChange: ((value: Value) => void) | undefined;
}

/** Where the row is wider than the page, the chosen one stands in its middle. */
function bringIntoSight(chosen: HTMLElement | null): void {
  const row = chosen?.parentElement;
  // Both offsets are counted from the same edge, which may lie far from the row.
  if (row) row.scrollLeft = chosen.offsetLeft - row.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2;
}

/** A choice of one among a few, all in sight. Renders a `fieldset` of toggle buttons, since
 * sheets that join the buttons of a `role="group"` would join these. Reads nothing. */
export function Segments<Value extends string>({ label, segments, value, onChange }: SegmentsProps<Value>) {
  const partClass = usePartClass();
  return (
    <fieldset className="uk-choice" aria-label={label} disabled={!onChange}>
      <div className={partClass('segments')}>
        {segments.map((segment) => (
          <button
            key={segment.value}
            type="button"
            className={partClass('segment')}
            aria-pressed={segment.value === value}
            ref={segment.value === value ? bringIntoSight : undefined}
            onClick={() => onChange?.(segment.value)}
          >
            {segment.label}
          </button>
        ))}
      </div>
    </fieldset>
  );
}
