/** Texts of what searches, orders and saves tasks, which TaskTable loads after its rows. */
export const taskToolsMessages = {
  all: 'All',
  statusFilter: 'Status',
  agentFilter: 'Agent',
  everyAgent: 'All agents',
  rangeFilter: 'Time',
  ranges: { any: 'Any time', day: 'Last 24 hours', week: 'Last 7 days', month: 'Last 30 days' },
  csv: 'Download CSV',
  search: 'Search tasks',
  columns: 'Columns',
  standardColumns: 'Standard columns',
  width: (column: string) => `Width of ${column}`,
  /** Tasks that have been written so far. */
  exporting: (count: number, written: string) =>
    count === 1 ? '1 task written' : `${written} tasks written`,
  cancel: 'Cancel',
  exportFailed: 'The download broke off, and nothing was saved. Try again.',
  /** Where an order is that of the rows that are loaded, and there are more. */
  orderOf: (count: number, written: string) =>
    count === 1
      ? 'In order among the 1 task that is loaded.'
      : `In order among the ${written} tasks that are loaded.`,
  loadAll: 'Load all',
  loadingAll: (count: number, written: string) =>
    count === 1 ? 'Loading all: 1 task so far.' : `Loading all: ${written} tasks so far.`,
  searching: 'Searching older tasks.',
  stop: 'Stop',
  showNew: (count: number, written: string) =>
    count === 1 ? 'Show 1 new task' : `Show ${written} new tasks`,
  loadMore: 'Load more',
  noneTitle: 'No task fits these filters',
  noneDetail: 'Choose other filters.',
  clearFilters: 'Clear filters',
};
