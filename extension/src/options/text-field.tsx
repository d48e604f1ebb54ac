export interface TextFieldProps {
  id: string;
  label: string;
  value: string;
  onChange(value: string): void;
  placeholder?: string;
  /** What is wrong with it; said beneath, and to assistive technology with the field. */
  problem?: string | undefined;
  type?: 'text' | 'password';
  inputMode?: 'text' | 'url';
}

/** One line of text with its label and what is wrong with it. */
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
