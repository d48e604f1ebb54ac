import type { activityLogMessages } from './activity-log.ts';

/** The texts of the room, by component. */
export interface ActivityTexts {
  activityLog: typeof activityLogMessages;
}
