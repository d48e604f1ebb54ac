/** Texts of TaskTable. */
export const taskTableMessages = {
  what: 'tasks',
  title: 'Tasks',
  list: 'List of tasks',
  noAgent: 'No agent',
  status: {
    pending: 'Pending',
    in_progress: 'In progress',
    completed: 'Completed',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },
  columns: {
    task: 'Task',
    status: 'Status',
    started: 'Started',
    duration: 'Duration',
    cost: 'Cost',
  },
  notStarted: 'Not started',
  running: 'running',
  held: (amount: string) => `${amount} held`,
  shown: (count: number, written: string) => (count === 1 ? '1 task' : `${written} tasks`),
  emptyTitle: 'No tasks yet',
  emptyDetail: 'Each run appears here with what it cost.',
};
