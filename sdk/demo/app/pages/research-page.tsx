import { ModelCost, OutOfCredits, useCheck, useModels } from '@usagekit/react';
import type { Action } from '@usagekit/server/contract';
import { useState } from 'react';
import { type Depth, depths, taskItems } from '../../task-items.ts';
import type { FieldnoteApi, FieldnoteSession } from '../fieldnote-api.ts';
import { ModelChoice } from '../parts/model-choice.tsx';
import { PromptBox } from '../parts/prompt-box.tsx';
import { RecentTasks } from '../parts/recent-tasks.tsx';
import { Segments } from '../parts/segments.tsx';
import { TaskResult } from '../parts/task-result.tsx';
import { takeAction } from '../take-action.ts';
import { usePurchaseAddress } from '../use-purchase-address.ts';
import { useTaskRun } from '../use-task-run.ts';

const depthOptions = (Object.keys(depths) as Depth[]).map((id) => ({ id, label: depths[id].label }));

interface ResearchPageProps {
  api: FieldnoteApi;
  account: FieldnoteSession['account'];
}

/** Where a task is run: what it costs is shown before, what it did cost afterwards. */
export function ResearchPage({ api, account }: ResearchPageProps) {
  const models = useModels();
  const [chosen, setChosen] = useState<string>();
  const [depth, setDepth] = useState<Depth>('report');
  const { run, start } = useTaskRun(api);
  const choices = (models.data?.items ?? []).filter(({ available }) => available);
  const model = chosen ?? choices[1]?.id ?? choices[0]?.id ?? undefined;
  const running = run.state === 'running';
  const use = model ? { items: taskItems(model, depth) } : undefined;
  const check = useCheck(use ?? null);
  const purchase = usePurchaseAddress();
  const [hasTakenAction, setTakenAction] = useState(false);
  // What was refused stays in sight until something has been done about it that helped.
  const isSolved = hasTakenAction && !purchase.isOpen && check.data?.allowed === true;
  const actOn = (action: Action) => {
    setTakenAction(true);
    takeAction(action);
  };

  return (
    <div className="research">
      <h1>What should we look into?</h1>
      <PromptBox
        disabled={running || !model}
        action={running ? 'Running' : 'Run task'}
        onSubmit={(prompt) => {
          setTakenAction(false);
          if (model) void start({ prompt, model, depth });
        }}
        note={use && <ModelCost form="inline" isMost use={use} onAction={actOn} />}
      >
        <Segments label="Depth" options={depthOptions} value={depth} onChange={setDepth} />
        <ModelChoice models={choices} depth={depth} value={model} onChange={setChosen} />
      </PromptBox>
      {run.state === 'refused' && !isSolved && (
        <OutOfCredits
          refusal={run.refusal}
          asOf={models.asOf}
          timeZone={account.timeZone}
          onAction={actOn}
          headingLevel={2}
        />
      )}
      {run.state === 'failed' && (
        <p className="failed" role="alert">
          {run.message}
        </p>
      )}
      <TaskResult run={run} />
      <RecentTasks />
    </div>
  );
}
