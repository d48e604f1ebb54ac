import type { TaskRecord } from '../../domain/tasks/state.ts';
import { taskCodec } from '../codec/record-codec.ts';
import { decodeCursor, encodeCursor } from '../parts/cursor.ts';
import { readablePage } from '../parts/loaded-rows.ts';
import { pageLimit, pageOf } from '../parts/page-of.ts';
import { askedOf } from '../parts/task-filters.ts';
import type { PageRequest, TaskFilter } from '../store.ts';
import { textColumn } from './columns.ts';
import type { Dialect } from './dialect.ts';
import { type ListQuery, nameOfRow, type SqlValue } from './list-query.ts';
import { madeOf } from './lists.ts';

/**
 * The tasks that a filter asks for, newest first. A planner that has no statistics is told the index: the most selective
 * filter leads, and a page is read from one place of one index.
 * @throws InvalidCursorError
 */
export function taskList(dialect: Dialect, filter: TaskFilter, page: PageRequest): ListQuery<TaskRecord> {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const where = (condition: string, ...of: SqlValue[]): void => {
    conditions.push(condition);
    values.push(...of);
  };
  for (const { field, value } of askedOf(filter)) where(`${field.column} = ?`, value);
  if (filter.fromMs !== undefined) where('created_at_ms >= ?', filter.fromMs);
  const isOfOne = filter.accountId !== undefined;
  if (page.cursor !== undefined) {
    const [createdAtMs, id, accountId] = decodeCursor('tasks', ['number', 'string', 'string'], page.cursor);
    if (isOfOne) where('(created_at_ms, id) < (?, ?)', createdAtMs, id);
    else where('(created_at_ms, id, account_id) < (?, ?, ?)', createdAtMs, id, accountId);
  }
  if (filter.toMs !== undefined) where('created_at_ms < ?', filter.toMs);
  const limit = pageLimit(page);
  return {
    // It differs from filter to filter.
    name: undefined,
    sql: `
      SELECT created_at_ms, id, account_id, body FROM tasks ${dialect.indexedBy(indexFor(filter))}
      ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
      ORDER BY created_at_ms DESC, id DESC${isOfOne ? '' : ', account_id DESC'} LIMIT ${dialect.isLimitInText ? limit + 1 : '?'}`,
    values: dialect.isLimitInText ? values : [...values, limit + 1],
    pageOf(rows) {
      const found = pageOf(rows, limit, (row) => encodeCursor('tasks', madeOf(row)));
      return readablePage(found, (row) => taskCodec.decode(textColumn(row, 'body')), nameOfRow);
    },
  };
}

function indexFor({ accountId, agentId, memberId, status }: TaskFilter): string {
  const scope = accountId === undefined ? 'all_tasks' : 'account_tasks';
  if (agentId !== undefined) return `${scope}_by_agent`;
  if (memberId !== undefined) return `${scope}_by_member`;
  return status === undefined ? scope : `${scope}_by_status`;
}
