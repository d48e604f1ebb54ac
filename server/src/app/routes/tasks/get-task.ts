import { task } from '../../../contract/tasks/tasks-schemas.ts';
import { ofAccount } from '../../../contract/values/primitive-schemas.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { accountOf } from '../../accounts/own-account.ts';
import { AppError } from '../../http/reply/problem.ts';
import { readingReply } from '../../http/reply/reply.ts';
import { readers, route } from '../../http/route.ts';
import { namedTaskView } from './named-task-view.ts';

/** One task. For a viewer who sees only own tasks, another member's task does not exist. */
export const getTask = route('GET /v1/tasks/:taskId', {
  words: 'One task',
  callers: readers,
  query: ofAccount,
  answers: { 200: task },
  async handle({ services, params, query, caller }) {
    const accountId = accountOf(caller, query.accountId);
    const { taskId } = params;
    const reading = await readAccount(services, accountId, caller);
    const { state, viewer } = reading;
    assertMaySee(viewer.view.tasks !== 'none');
    const task = await services.store.readTask(accountId, taskId);
    const isOwn = viewer.memberId !== null && task?.dimensions.memberId === viewer.memberId;
    if (task === undefined || (viewer.view.tasks === 'own' && !isOwn))
      throw new AppError('not_found', `There is no task '${taskId}' in this account`);
    const view = await namedTaskView(services, reading, [task]);
    return readingReply({ state }, view(task));
  },
});
