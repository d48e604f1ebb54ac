/** Names of the columns that TaskTable has where they are chosen, which a task's drawer tells too. Loaded after the rows. */
export const taskColumnsMessages = {
  agent: 'Agent',
  member: 'Member',
  project: 'Project',
  category: 'Category',
  ended: 'Ended',
  id: 'Task ID',
};
