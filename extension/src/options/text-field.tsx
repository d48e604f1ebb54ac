export interface TextFieldProps {
  id: string;
  label: string;
  value: string;
  onChange(value: string): void;
  placeholder?: string;
  /** The error, shown beneath and announced with the field. */
  problem?: string | undefined;
  type?: 'text' | 'password';
  inputMode?: 'text' | 'url';
}

/** A text field with its label and error. */
export function TextField(props: TextFieldProps) {
  const { id, label, value, onChange, placeholder, problem, type = 'text', inputMode = 'text' } = props;
  const problemId = `${id}-problem`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type={type}
        inputMode={inputMode}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        placeholder={placeholder}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : problemId}
      />
      {problem !== undefined && (
        <p id={problemId} className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
