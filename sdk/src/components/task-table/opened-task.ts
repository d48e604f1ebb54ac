// What the table loads when a task is opened. A module of its own: other widgets open tasks too, with other parts around.
export { TaskInDrawer } from './drawer/task-in-drawer.tsx';
