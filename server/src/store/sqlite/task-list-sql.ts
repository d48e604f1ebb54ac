import type { SQLInputValue } from 'node:sqlite';
import { decodeCursor } from '../parts/cursor.ts';
import type { TaskFilter } from '../store.ts';

/**
 * The list of tasks that a filter asks for, newest first, from the cursor on; the page's size comes last among the
 * values. The index is named, since the planner has no statistics to choose by: the most selective filter leads, and a
 * page is read from one place of one index.
 * @throws InvalidCursorError
 */
export function taskListSql(
  filter: TaskFilter,
  cursor: string | undefined,
): { sql: string; values: SQLInputValue[] } {
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const where = (condition: string, ...of: SQLInputValue[]): void => {
    conditions.push(condition);
    values.push(...of);
  };
  if (filter.accountId !== undefined) where('account_id = ?', filter.accountId);
  if (filter.agentId !== undefined) where('agent_id = ?', filter.agentId);
  if (filter.memberId !== undefined) where('member_id = ?', filter.memberId);
  if (filter.status !== undefined) where('status = ?', filter.status);
  if (filter.fromMs !== undefined) where('created_at_ms >= ?', filter.fromMs);
  if (cursor !== undefined) {
    const [createdAtMs, id, accountId] = decodeCursor('tasks', ['number', 'string', 'string'], cursor);
    if (filter.accountId === undefined) {
      where('(created_at_ms, id, account_id) < (?, ?, ?)', createdAtMs, id, accountId);
    } else where('(created_at_ms, id) < (?, ?)', createdAtMs, id);
  }
  if (filter.toMs !== undefined) where('created_at_ms < ?', filter.toMs);
  const order = filter.accountId === undefined ? ', account_id DESC' : '';
  return {
    sql: `
      SELECT created_at_ms, id, account_id, body FROM tasks INDEXED BY ${indexFor(filter)}
      ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
      ORDER BY created_at_ms DESC, id DESC${order} LIMIT ?`,
    values,
  };
}

function indexFor({ accountId, agentId, memberId, status }: TaskFilter): string {
  const scope = accountId === undefined ? 'all_tasks' : 'account_tasks';
  if (agentId !== undefined) return `${scope}_by_agent`;
  if (memberId !== undefined) return `${scope}_by_member`;
  return status === undefined ? scope : `${scope}_by_status`;
}
