import { spreadsheetCell, type Task } from '@usagekit/server/contract';

const columns = [
  'id',
  'name',
  'status',
  'agentId',
  'memberId',
  'projectId',
  'category',
  'createdAt',
  'startedAt',
  'endedAt',
  'cost',
  'unit',
  'error',
] as const satisfies (keyof Task)[];

/**
 * Tasks as CSV (RFC 4180, lines end in CRLF), with exact amounts and instants as ISO 8601. What a spreadsheet
 * would run as a formula is disarmed.
 */
export function tasksCsv(tasks: Iterable<Task>): string {
  const lines = [columns.join(',')];
  for (const task of tasks) lines.push(columns.map((column) => cell(task[column])).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

function cell(value: string | null): string {
  if (value === null) return '';
  const safe = spreadsheetCell(value);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
