import { apiBounds } from '../../../contract/api-bounds.ts';
import { task, taskRequest } from '../../../contract/tasks/tasks-schemas.ts';
import { idTaken } from '../../../domain/ids/id-taken.ts';
import { decideCreateTask, type TaskOutcome } from '../../../domain/tasks/tasks.ts';
import { backendViewer } from '../../access/viewer.ts';
import { type AccountCommand, execute } from '../../execute.ts';
import { assertCategory, dimensionsOf } from '../../gate/use-command.ts';
import { executedReply, refusedReply } from '../../http/reply/executed-reply.ts';
import { backendOnly, route } from '../../http/route.ts';
import { taskView } from './task-view.ts';

/** Makes a task; one that starts at once has its estimate set aside, and is refused where a gate refuses that. */
export const createTask = route('POST /v1/tasks', {
  words: 'Makes a task; a hold for its estimate is placed when it starts',
  callers: backendOnly,
  body: taskRequest,
  idempotency: 'optional',
  answers: { 201: task },
  async handle(call) {
    const { services, body: input, idempotency } = call;
    const { accountId, memberId } = input;
    const id = input.id ?? services.newId();
    const command: AccountCommand<TaskOutcome> = {
      accountId,
      memberId,
      idempotency: idempotency(input.id && `task ${input.id}`),
      needs: { tasks: [{ accountId, id }] },
      decide(context, loaded) {
        assertCategory(context.catalog, input.category);
        if (loaded.task(accountId, id) !== undefined) throw idTaken('task', id);
        return decideCreateTask(context, {
          id,
          name: input.name,
          dimensions: dimensionsOf(input),
          status: input.status ?? 'pending',
          estimate: input.estimate ?? null,
          holdExpiresAtMs: context.nowMs + apiBounds.taskHoldLifetimeSeconds * 1_000,
        });
      },
      encode: (outcome, { catalog }) =>
        outcome.outcome === 'changed'
          ? { status: 201, body: JSON.stringify(taskView(outcome.task, catalog, backendViewer)) }
          : null,
    };
    const executed = await execute(services, command);
    if (executed.replayed || executed.outcome.outcome === 'changed') return executedReply(executed);
    return refusedReply(call, executed.outcome.refusal, executed.after, {
      items: input.estimate ?? [],
      dimensions: dimensionsOf(input),
    });
  },
});
