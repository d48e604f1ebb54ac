import * as z from 'zod';
import { paths } from '../../../contract/paths.ts';
import { id } from '../../../contract/schemas/primitives.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { accountOf } from '../../accounts/own-account.ts';
import { parseQuery } from '../../http/parse-input.ts';
import { pathId, pathPattern } from '../../http/path-pattern.ts';
import { AppError } from '../../http/problem.ts';
import { jsonReply } from '../../http/reply.ts';
import { type Route, readers } from '../../http/route.ts';
import { taskView } from './task-view.ts';

const query = z.strictObject({ accountId: id.exactOptional() });

/** One task. Another member's is not there for those who see only their own. */
export const getTask: Route = {
  method: 'GET',
  path: pathPattern(paths.task(':taskId')),
  callers: readers,
  async handle({ services, request, params, caller }) {
    const accountId = accountOf(caller, parseQuery(request.url, query).accountId);
    const taskId = pathId(params, 'taskId');
    const { state, viewer, catalog } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.tasks !== 'none');
    const task = await services.store.readTask(accountId, taskId);
    const isOwn = viewer.memberId !== null && task?.dimensions.memberId === viewer.memberId;
    if (task === undefined || (viewer.view.tasks === 'own' && !isOwn))
      throw new AppError('not_found', `There is no task '${taskId}' in this account`);
    return jsonReply(taskView(task, catalog, viewer, state.holds));
  },
};
