import { csvLine, type Task, taskExportColumns } from '@usagekit/server/contract';

/**
 * Tasks as CSV (RFC 4180, lines end in CRLF), with exact amounts and instants as ISO 8601. What a spreadsheet
 * would run as a formula is disarmed. The server's own export has the same columns.
 */
export function tasksCsv(tasks: Iterable<Task>): string {
  let text = csvLine(taskExportColumns);
  for (const task of tasks) text += csvLine(taskExportColumns.map((column) => task[column]));
  return text;
}
