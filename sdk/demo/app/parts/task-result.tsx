import { formatCredits } from '../format-credits.ts';
import type { TaskRun } from '../use-task-run.ts';

/** The answer as it is written, and what it cost in the end. */
export function TaskResult({ run }: { run: TaskRun }) {
  if (run.state !== 'running' && run.state !== 'done') return null;
  const { prompt, text, estimate, cost, state } = run;
  return (
    <article className="result" aria-busy={state === 'running'}>
      <h2>{prompt}</h2>
      {text === '' ? <p className="reading">Reading sources</p> : null}
      {text
        .split('\n\n')
        .filter(Boolean)
        .map((paragraph) => (
          <p key={paragraph.slice(0, 12)}>{paragraph}</p>
        ))}
      <footer role="status">
        {state === 'done' && cost !== undefined && `Used ${formatCredits(cost)} credits. `}
        {state === 'running' && estimate !== undefined && `${formatCredits(estimate)} credits set aside. `}
        <span>A sample answer: the demo asks no language model.</span>
      </footer>
    </article>
  );
}
