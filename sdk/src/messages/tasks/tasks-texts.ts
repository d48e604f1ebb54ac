import type { taskColumnsMessages } from './task-columns.ts';
import type { taskDetailsMessages } from './task-details.ts';
import type { taskTableMessages } from './task-table.ts';
import type { taskToolsMessages } from './task-tools.ts';

/** The texts of the room, by component. */
export interface TasksTexts {
  taskTable: typeof taskTableMessages;
  taskColumns: typeof taskColumnsMessages;
  taskDetails: typeof taskDetailsMessages;
  taskTools: typeof taskToolsMessages;
}
