export { TasksPage, type TasksPageProps } from './tasks-page.tsx';
