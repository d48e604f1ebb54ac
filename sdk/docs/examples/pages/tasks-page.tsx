import { TasksPage } from '@usagekit/react/tasks-page';

export default function Example() {
  return <TasksPage />;
}
