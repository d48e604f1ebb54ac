import { type ReactNode, useState } from 'react';

const examples = [
  'What do flow batteries cost over twenty years?',
  'Which rail corridors could take night trains?',
  'Compare subsidy schemes for heat pumps',
];

interface PromptBoxProps {
  action: string;
  disabled: boolean;
  onSubmit: (prompt: string) => void;
  /** Stands next to the button. */
  note?: ReactNode;
  /** Settings between the prompt and the button. */
  children?: ReactNode;
}

export function PromptBox({ action, disabled, onSubmit, note, children }: PromptBoxProps) {
  const [prompt, setPrompt] = useState('');
  const ready = !disabled && prompt.trim() !== '';
  return (
    <>
      <form
        className="prompt-box"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onSubmit(prompt.trim());
        }}
      >
        <label className="hidden" htmlFor="prompt">
          Your question
        </label>
        <textarea
          id="prompt"
          rows={3}
          maxLength={500}
          placeholder="Ask a question, or describe what to compare"
          value={prompt}
          onChange={(event) => setPrompt(event.target.value)}
        />
        {children && <div className="prompt-settings">{children}</div>}
        <div className="prompt-foot">
          <div className="prompt-note">{note}</div>
          <button type="submit" className="button primary" disabled={!ready}>
            {action}
          </button>
        </div>
      </form>
      {prompt === '' && (
        <ul className="examples" aria-label="Examples">
          {examples.map((example) => (
            <li key={example}>
              <button type="button" className="chip" onClick={() => setPrompt(example)}>
                {example}
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
