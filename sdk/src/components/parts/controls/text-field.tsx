'use client';
import { type ReactNode, useId } from 'react';

export interface TextFieldProps {
  label: string;
  /** Stands behind the field, as the rest of its sentence. */
  unit?: string | undefined;
  value: string;
  onChange: (value: string) => void;
  /** Why the value cannot be taken. */
  problem?: string | undefined;
  /** `decimal` brings up digits on a phone, and is the default. */
  inputMode?: 'decimal' | 'numeric' | 'text' | 'email' | undefined;
  /** Buttons at the field's two ends. */
  before?: ReactNode;
  after?: ReactNode;
}

/** A value in the middle of the sentence that it belongs to. Renders a `div` with a labelled `input`. Reads nothing. */
export function TextField(props: TextFieldProps) {
  const { label, unit, value, onChange, problem, inputMode = 'decimal', before, after } = props;
  const id = useId();
  const described = [unit && `${id}-unit`, problem !== undefined && `${id}-problem`].filter(Boolean);
  return (
    <div className="uk-field">
      <div className="uk-field-line">
        <label className="uk-field-name" htmlFor={id}>
          {label}
        </label>
        <span className="uk-field-input">
          {before}
          <input
            id={id}
            className="uk-input"
            data-kind={inputMode}
            inputMode={inputMode}
            autoComplete="off"
            value={value}
            // Some sheets mark a field that says it is valid, as they mark one that is not.
            aria-invalid={problem !== undefined || undefined}
            aria-describedby={described.length > 0 ? described.join(' ') : undefined}
            onChange={(event) => onChange(event.target.value)}
          />
          {after}
          {unit && (
            <span className="uk-run" id={`${id}-unit`}>
              {unit}
            </span>
          )}
        </span>
      </div>
      {problem !== undefined && (
        <p id={`${id}-problem`} className="uk-problem">
          {problem}
        </p>
      )}
    </div>
  );
}
