import { apiBounds } from '../../../contract/api-bounds.ts';
import { headers } from '../../../contract/http/headers.ts';
import type { TaskChange } from '../../../contract/tasks/tasks.ts';
import { task, taskChange } from '../../../contract/tasks/tasks-schemas.ts';
import { type ChangeTask, decideChangeTask, type TaskOutcome } from '../../../domain/tasks/tasks.ts';
import { backendViewer } from '../../access/viewer.ts';
import { type AccountCommand, execute } from '../../execute.ts';
import { executedReply, refusedReply } from '../../http/reply/executed-reply.ts';
import { AppError } from '../../http/reply/problem.ts';
import { backendOnly, route } from '../../http/route.ts';
import { taskView } from './task-view.ts';

/** Advances a task, charges its use, and keeps its result or error. A charge needs an Idempotency-Key. */
export const changeTask = route('PATCH /v1/tasks/:taskId', {
  words: 'Advances a task, charges its use, and keeps its result or error',
  callers: backendOnly,
  body: taskChange,
  idempotency: 'optional',
  answers: { 200: task },
  async handle(call) {
    const { services, request, params, body: input, idempotency } = call;
    const { taskId } = params;
    const { accountId } = input;
    const charges = input.items !== undefined || request.headers.has(headers.idempotencyKey.toLowerCase());
    const command: AccountCommand<TaskOutcome> = {
      accountId,
      memberIdOf: (loaded) => loaded.task(accountId, taskId)?.dimensions.memberId,
      idempotency: charges ? idempotency(undefined) : undefined,
      needs: { tasks: [{ accountId, id: taskId }] },
      decide(context, loaded) {
        const task = loaded.task(accountId, taskId);
        if (task === undefined)
          throw new AppError('not_found', `There is no task '${taskId}' in this account`);
        return decideChangeTask(context, task, changeOf(input, context.nowMs));
      },
      encode: (outcome, { catalog }) =>
        outcome.outcome === 'changed'
          ? { status: 200, body: JSON.stringify(taskView(outcome.task, catalog, backendViewer)) }
          : null,
    };
    const executed = await execute(services, command);
    if (executed.replayed || executed.outcome.outcome === 'changed') return executedReply(executed);
    return refusedReply(call, executed.outcome.refusal, executed.after, null);
  },
});

function changeOf({ status, items, result, error }: TaskChange, nowMs: number): ChangeTask {
  return {
    ...(status === undefined ? {} : { status }),
    ...(items === undefined ? {} : { items }),
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error }),
    holdExpiresAtMs: nowMs + apiBounds.taskHoldLifetimeSeconds * 1_000,
  };
}
