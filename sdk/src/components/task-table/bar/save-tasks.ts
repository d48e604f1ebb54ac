import type { Task } from '@usagekit/server/contract';
import { tasksCsv } from '../../../derive/tasks/tasks-csv.ts';
import { csvFile, saveFile } from '../../parts/save-file.ts';

/** Lets the browser save the tasks as CSV. Only after a click, or browsers may refuse. */
export function saveTasks(tasks: readonly Task[]): void {
  saveFile(csvFile(tasksCsv([...tasks])), 'tasks.csv');
}
