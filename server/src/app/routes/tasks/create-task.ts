import { limits } from '../../../contract/limits.ts';
import { paths } from '../../../contract/paths.ts';
import { taskRequest } from '../../../contract/schemas/tasks.ts';
import { DomainError } from '../../../domain/decision.ts';
import { decideCreateTask, type TaskOutcome } from '../../../domain/tasks/tasks.ts';
import { backendViewer } from '../../callers/viewer.ts';
import { type AccountCommand, execute } from '../../execute.ts';
import { assertCategory, dimensionsOf } from '../../gate/use-command.ts';
import { executedReply, refusedReply } from '../../http/executed-reply.ts';
import { idempotencyOf } from '../../http/idempotency.ts';
import { parseJson, parseValue, readBody } from '../../http/parse-input.ts';
import { backendOnly, type Route } from '../../http/route.ts';
import { taskView } from './task-view.ts';

/** Makes a task; one that starts at once has its estimate set aside, and is refused where a gate refuses that. */
export const createTask: Route = {
  method: 'POST',
  path: paths.tasks,
  callers: backendOnly,
  async handle(call) {
    const { services, request } = call;
    const body = await readBody(request);
    const input = parseValue(taskRequest, parseJson(body));
    const { accountId, memberId } = input;
    const id = input.id ?? services.newId();
    const command: AccountCommand<TaskOutcome> = {
      accountId,
      memberId,
      idempotency: idempotencyOf(request, paths.tasks, body, input.id && `task ${input.id}`),
      needs: { tasks: [{ accountId, id }] },
      decide(context, loaded) {
        assertCategory(context.catalog, input.category);
        if (loaded.task(accountId, id) !== undefined)
          throw new DomainError(
            'conflict',
            `There is a task '${id}' already`,
            '/id',
            'an id that was not used',
          );
        return decideCreateTask(context, {
          id,
          name: input.name,
          dimensions: dimensionsOf(input),
          status: input.status ?? 'pending',
          estimate: input.estimate ?? null,
          holdExpiresAtMs: context.nowMs + limits.holdLifetimeSecondsDefault * 1_000,
        });
      },
      encode: (outcome, { catalog }) =>
        outcome.outcome === 'changed'
          ? { status: 201, body: JSON.stringify(taskView(outcome.task, catalog, backendViewer)) }
          : null,
    };
    const executed = await execute(services, command);
    if (executed.replayed || executed.outcome.outcome === 'changed') return executedReply(executed);
    return refusedReply(call, executed.outcome.refusal, executed.after);
  },
};
