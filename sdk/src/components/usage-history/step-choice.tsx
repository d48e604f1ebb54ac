import { type HistoryStep, stepsOf } from '../../derive/usage/history-step.ts';
import type { Messages } from '../../messages/messages.ts';

export interface StepChoiceProps {
  step: HistoryStep;
  /** The length of the span in days, which decides what can be chosen. */
  days: number;
  onChange: (step: HistoryStep) => void;
  messages: Messages['chart'];
}

/** Chooses the length of the bars. Renders a `select`, or nothing where the span can have one length only. Reads nothing. */
export function StepChoice({ step, days, onChange, messages }: StepChoiceProps) {
  const steps = stepsOf(days);
  if (steps.length < 2) return null;
  return (
    <select
      className="uk-select"
      aria-label={messages.step}
      value={step}
      onChange={({ target }) => onChange(target.value as HistoryStep)}
    >
      {steps.map((each) => (
        <option key={each} value={each}>
          {messages.steps[each].name}
        </option>
      ))}
    </select>
  );
}
