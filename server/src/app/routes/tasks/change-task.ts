import { limits } from '../../../contract/limits.ts';
import { headers, paths } from '../../../contract/paths.ts';
import { taskChange } from '../../../contract/schemas/tasks.ts';
import type { TaskChange } from '../../../contract/tasks.ts';
import { type ChangeTask, decideChangeTask, type TaskOutcome } from '../../../domain/tasks/tasks.ts';
import { backendViewer } from '../../callers/viewer.ts';
import { type AccountCommand, execute } from '../../execute.ts';
import { executedReply, refusedReply } from '../../http/executed-reply.ts';
import { requireIdempotency } from '../../http/idempotency.ts';
import { parseJson, parseValue, readBody } from '../../http/parse-input.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { AppError } from '../../http/problem.ts';
import { backendOnly, type Route } from '../../http/route.ts';
import { taskView } from './task-view.ts';

/** Moves a task on, charges what it used, keeps its result or error. A charge needs an Idempotency-Key. */
export const changeTask: Route = {
  method: 'PATCH',
  path: pathPattern(paths.task(':taskId')),
  callers: backendOnly,
  async handle(call) {
    const { services, request, params } = call;
    const taskId = pathId(params, 'taskId');
    const body = await readBody(request);
    const input = parseValue(taskChange, parseJson(body));
    const { accountId } = input;
    const charges = input.items !== undefined || request.headers.has(headers.idempotencyKey);
    const command: AccountCommand<TaskOutcome> = {
      accountId,
      memberIdOf: (loaded) => loaded.task(accountId, taskId)?.dimensions.memberId,
      idempotency: charges ? requireIdempotency(request, paths.task(taskId), body) : undefined,
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
    return refusedReply(call, executed.outcome.refusal, executed.after);
  },
};

function changeOf({ status, items, result, error }: TaskChange, nowMs: number): ChangeTask {
  return {
    ...(status === undefined ? {} : { status }),
    ...(items === undefined ? {} : { items }),
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error }),
    holdExpiresAtMs: nowMs + limits.holdLifetimeSecondsDefault * 1_000,
  };
}
