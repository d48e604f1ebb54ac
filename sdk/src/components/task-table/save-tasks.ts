import { byteOrderMark, type Task } from '@usagekit/server/contract';
import { tasksCsv } from '../../derive/tasks-csv.ts';
import { saveFile } from '../parts/save-file.ts';

/** Lets the browser save the tasks as CSV. Only after a click, or browsers may refuse. */
export function saveTasks(tasks: readonly Task[]): void {
  saveFile(
    new Blob([`${byteOrderMark}${tasksCsv([...tasks])}`], { type: 'text/csv;charset=utf-8' }),
    'tasks.csv',
  );
}
