import { apiBounds } from '../../../contract/api-bounds.ts';
import { csvLine } from '../../../contract/exports/csv-line.ts';
import { byteOrderMark } from '../../../contract/exports/spreadsheet-cell.ts';
import { taskExportColumns } from '../../../contract/tasks/tasks.ts';
import { taskSelection } from '../../../contract/tasks/tasks-schemas.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import { assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { textStream } from '../../http/reply/text-stream.ts';
import { readers, route } from '../../http/route.ts';
import { isFound } from './search-tasks.ts';
import { filterOf, ownOnly } from './task-scope.ts';
import { taskView } from './task-view.ts';

/** Every task of an account that is asked for, newest first, as CSV. It is read and sent a page at a time. */
export const exportTasks = route('GET /v1/accounts/:accountId/tasks/export', {
  words: 'Every task that is asked for as CSV',
  callers: readers,
  query: taskSelection,
  answers: { 200: 'text/csv' },
  async handle({ services, params, query, caller }) {
    const { accountId } = params;
    const { catalog, viewer } = await readAccount(services, accountId, caller);
    assertMaySee(viewer.view.tasks !== 'none');
    const filter = { ...filterOf(query), accountId, ...ownOnly(viewer, query.memberId) };
    const { search } = query;
    const line = (task: TaskRecord): string => {
      const view = taskView(task, catalog, viewer);
      return csvLine(taskExportColumns.map((column) => view[column]));
    };
    // A page is read when the one before has been taken.
    async function* pieces(): AsyncGenerator<string> {
      let text = `${byteOrderMark}${csvLine(taskExportColumns)}`;
      let cursor: string | null | undefined;
      do {
        const page = await services.store.listTasks(filter, {
          limit: apiBounds.pageSizeMax,
          ...(typeof cursor === 'string' && { cursor }),
        });
        cursor = page.nextCursor;
        const found = page.items.filter((task) => search === undefined || isFound(task, search));
        yield text + found.map(line).join('');
        text = '';
      } while (cursor !== null);
    }
    return {
      status: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="tasks.csv"',
      },
      body: textStream(pieces()),
    };
  },
});
