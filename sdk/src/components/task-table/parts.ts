/* Parts that TaskTable loads when a task is opened. Its own entry has none of them, so that no bundler loads them with it. */
export { LineItems, type LineItemsProps } from './drawer/line-items.tsx';
export { TaskDrawer, type TaskDrawerProps } from './drawer/task-drawer.tsx';
