import type { TaskSelection } from '@usagekit/server/contract';
import type { SessionStore } from '../../../provider/session-store.ts';

/** Which tasks the server is asked for as CSV. */
export interface TaskExport {
  store: SessionStore;
  filters: TaskSelection;
}
