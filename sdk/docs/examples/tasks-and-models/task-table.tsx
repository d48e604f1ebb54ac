import { TaskTable } from '@usagekit/react/task-table';

export default function Example() {
  return <TaskTable />;
}
