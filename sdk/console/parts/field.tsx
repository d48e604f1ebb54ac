import { type ReactNode, useId } from 'react';

interface FieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  problem?: string | undefined;
  inputMode?: 'decimal' | 'text';
  type?: 'text' | 'password' | 'datetime-local';
  autoFocus?: boolean;
  required?: boolean;
}

/** One value with its label, hint and error. */
export function Field(props: FieldProps) {
  const {
    label,
    value,
    onChange,
    hint,
    problem,
    inputMode = 'text',
    type = 'text',
    autoFocus,
    required,
  } = props;
  const id = useId();
  const described = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        value={value}
        inputMode={inputMode}
        autoComplete="off"
        spellCheck={false}
        required={required}
        // biome-ignore lint/a11y/noAutofocus: a dialog is opened for its first field
        autoFocus={autoFocus}
        aria-invalid={problem !== undefined || undefined}
        aria-describedby={described || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint && (
        <p id={`${id}-hint`} className="hint">
          {hint}
        </p>
      )}
      {problem && (
        <p id={`${id}-problem`} className="problem">
          {problem}
        </p>
      )}
    </div>
  );
}
