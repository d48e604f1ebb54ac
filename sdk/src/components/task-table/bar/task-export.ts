import type { TaskSelection } from '@usagekit/server/contract';
import type { SessionStore } from '../../../provider/session-store.ts';

/** Which tasks the server is asked for as CSV. */
export interface TaskExport {
  /** The session whose tasks are read. */
  store: SessionStore;
  /** Which tasks. */
  filters: TaskSelection;
}
