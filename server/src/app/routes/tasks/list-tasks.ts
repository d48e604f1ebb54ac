import type { TaskQuery } from '../../../contract/tasks/tasks.ts';
import { taskPage, taskQuery } from '../../../contract/tasks/tasks-schemas.ts';
import { backendViewer } from '../../access/viewer.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { accountOf } from '../../accounts/own-account.ts';
import { formatInstant } from '../../http/instants.ts';
import { jsonReply, readingReply } from '../../http/reply/reply.ts';
import { pageRequest, pageView } from '../../http/request/page-request.ts';
import { type Call, readers, route } from '../../http/route.ts';
import { namedTaskView } from './named-task-view.ts';
import { searchTasks } from './search-tasks.ts';
import { filterOf, ownOnly } from './task-scope.ts';
import { taskView } from './task-view.ts';

/** Tasks, newest first: the backend sees every account's, a member its own or all of its account's. */
export const listTasks = route('GET /v1/tasks', {
  words: 'Tasks, newest first',
  callers: readers,
  query: taskQuery,
  answers: { 200: taskPage },
  async handle(call) {
    const { query } = call;
    const { store, catalogs } = call.services;
    const { reading, filter } = await scopeOf(call, query);
    const page = await (query.search === undefined
      ? store.listTasks(filter, pageRequest(query))
      : searchTasks(store, filter, query.search, pageRequest(query)));
    if (reading === undefined) {
      const { latest } = catalogs;
      return jsonReply(pageView(page, (task) => taskView(task, latest, backendViewer)));
    }
    const { state, nowMs } = reading;
    return readingReply(reading, {
      ...pageView(page, await namedTaskView(call.services, reading, page.items)),
      asOf: formatInstant(nowMs),
      timeZone: state.profile.timeZone,
    });
  },
});

async function scopeOf({ services, caller }: Call<'GET /v1/tasks'>, query: TaskQuery) {
  const filter = filterOf(query);
  if (caller.kind === 'secret_key' && query.accountId === undefined) return { reading: undefined, filter };
  const accountId = accountOf(caller, query.accountId);
  const reading = await readAccount(services, accountId, caller);
  assertMaySee(reading.viewer.view.tasks !== 'none');
  return { reading, filter: { ...filter, accountId, ...ownOnly(reading.viewer, query.memberId) } };
}
