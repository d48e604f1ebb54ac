export type { TaskExport } from './bar/task-export.ts';
export { TaskTable, type TaskTableProps } from './task-table.tsx';
export { TaskTableView, type TaskTableViewProps } from './task-table-view.tsx';
export { noTaskFilter, type TaskFilter, type TaskSort, type TaskTableValue } from './task-view.ts';
