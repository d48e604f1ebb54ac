import { decodeCursor } from '../parts/cursor.ts';
import type { TaskFilter } from '../store.ts';

/**
 * The list of tasks that a filter asks for, newest first, from the cursor on. It differs from filter to filter and so is
 * not prepared: the planner sees the values and takes the index that they narrow most.
 * @throws InvalidCursorError
 */
export function taskListSql(
  filter: TaskFilter,
  cursor: string | undefined,
  limit: number,
): { text: string; values: (string | number)[] } {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const where = (condition: string, ...of: (string | number)[]): void => {
    let next = values.length;
    conditions.push(condition.replaceAll('?', () => `$${++next}`));
    values.push(...of);
  };
  if (filter.accountId !== undefined) where('account_id = ?', filter.accountId);
  if (filter.agentId !== undefined) where('agent_id = ?', filter.agentId);
  if (filter.memberId !== undefined) where('member_id = ?', filter.memberId);
  if (filter.status !== undefined) where('status = ?', filter.status);
  if (filter.fromMs !== undefined) where('created_at_ms >= ?', filter.fromMs);
  if (filter.toMs !== undefined) where('created_at_ms < ?', filter.toMs);
  const isOfOne = filter.accountId !== undefined;
  if (cursor !== undefined) {
    const [createdAtMs, id, accountId] = decodeCursor('tasks', ['number', 'string', 'string'], cursor);
    if (isOfOne) where('(created_at_ms, id) < (?, ?)', createdAtMs, id);
    else where('(created_at_ms, id, account_id) < (?, ?, ?)', createdAtMs, id, accountId);
  }
  const text = `
    SELECT created_at_ms, id, account_id, body FROM tasks ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
    ORDER BY created_at_ms DESC, id DESC${isOfOne ? '' : ', account_id DESC'} LIMIT ${limit}`;
  return { text, values };
}
