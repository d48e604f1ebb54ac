export { LineItems, type LineItemsProps } from './line-items.tsx';
export { TaskDrawer, type TaskDrawerProps } from './task-drawer.tsx';
export type { TaskExport } from './task-export.ts';
export { TaskTable, type TaskTableProps } from './task-table.tsx';
export { TaskTableView, type TaskTableViewProps } from './task-table-view.tsx';
export { noTaskFilter, type TaskFilter, type TaskSort, type TaskTableValue } from './task-view.ts';
