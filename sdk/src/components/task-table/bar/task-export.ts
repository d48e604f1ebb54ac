import type { TaskSelection } from '@usagekit/server/contract';
import type { AccountOptions } from '../../../hooks/base/use-session-store.ts';

/** Which tasks the server is asked for as CSV. */
export interface TaskExport extends AccountOptions {
  /** Which of the account's tasks. */
  filters: TaskSelection;
}
