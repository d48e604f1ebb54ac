import type { Refusal } from '@usagekit/server/contract';
import { useRef, useState } from 'react';
import type { TaskOrder } from '../task-order.ts';
import { type FieldnoteApi, FieldnoteError } from './fieldnote-api.ts';

export type TaskRun =
  | { state: 'none' }
  | {
      state: 'running' | 'done';
      prompt: string;
      text: string;
      estimate?: string | undefined;
      cost?: string | undefined;
    }
  /** Without a refusal where the viewer may know nothing of it. */
  | { state: 'refused'; refusal: Refusal | undefined }
  | { state: 'failed'; message: string };

/** Runs one task at a time and tells how it goes. */
export function useTaskRun(api: FieldnoteApi) {
  const [run, setRun] = useState<TaskRun>({ state: 'none' });
  const running = useRef(false);

  async function start(order: TaskOrder) {
    if (running.current) return;
    running.current = true;
    const { prompt } = order;
    let text = '';
    let estimate: string | undefined;
    setRun({ state: 'running', prompt, text });
    try {
      for await (const line of api.runTask(order)) {
        if (line.type === 'started') estimate = line.estimate;
        if (line.type === 'text') text += line.text;
        if (line.type === 'done') setRun({ state: 'done', prompt, text, estimate, cost: line.cost });
        else setRun({ state: 'running', prompt, text, estimate });
      }
    } catch (error) {
      setRun(toRun(error));
    } finally {
      running.current = false;
    }
  }

  return { run, start };
}

function toRun(error: unknown): TaskRun {
  if (!(error instanceof FieldnoteError) || !error.problem)
    return { state: 'failed', message: 'The task could not be run. Try again.' };
  if ('refusal' in error.problem) return { state: 'refused', refusal: error.problem.refusal };
  if (error.problem.status === 503) return { state: 'refused', refusal: undefined };
  return { state: 'failed', message: error.message };
}
