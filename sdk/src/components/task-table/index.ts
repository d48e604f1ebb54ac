export type { TaskExport } from './bar/task-export.ts';
export { LineItems, type LineItemsProps } from './drawer/line-items.tsx';
export { TaskDrawer, type TaskDrawerProps } from './drawer/task-drawer.tsx';
export { TaskTable, type TaskTableProps } from './task-table.tsx';
export { TaskTableView, type TaskTableViewProps } from './task-table-view.tsx';
export { noTaskFilter, type TaskFilter, type TaskSort, type TaskTableValue } from './task-view.ts';
