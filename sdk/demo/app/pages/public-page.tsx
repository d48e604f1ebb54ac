import { OutOfCredits } from '@usagekit/react';
import type { FieldnoteApi } from '../fieldnote-api.ts';
import { Brand } from '../parts/brand.tsx';
import { PromptBox } from '../parts/prompt-box.tsx';
import { TaskResult } from '../parts/task-result.tsx';
import { useTaskRun } from '../use-task-run.ts';

/** What the customer shares with the public. Its visitors have no account and read nothing of credits or plans. */
export function PublicPage({ api }: { api: FieldnoteApi }) {
  const { run, start } = useTaskRun(api);
  const running = run.state === 'running';
  return (
    <div className="public">
      <header>
        <Brand />
      </header>
      <main className="research">
        <h1>Ask the Harbor Studio library</h1>
        <p className="lead">Answers come from 1,900 public sources on energy and transport.</p>
        {run.state === 'refused' ? (
          <OutOfCredits headingLevel={2} />
        ) : (
          <PromptBox
            disabled={running}
            action={running ? 'Reading' : 'Ask'}
            onSubmit={(prompt) => void start({ prompt, model: 'core', depth: 'report' })}
          />
        )}
        {run.state === 'failed' && (
          <p className="failed" role="alert">
            {run.message}
          </p>
        )}
        <TaskResult run={run} />
      </main>
    </div>
  );
}
