export { LineItems, type LineItemsProps } from './line-items.tsx';
export { TaskDrawer, type TaskDrawerProps } from './task-drawer.tsx';
export { TaskTable, type TaskTableProps } from './task-table.tsx';
export { noTaskFilter, type TaskFilter, TaskTableView, type TaskTableViewProps } from './task-table-view.tsx';
