'use client';
import type { Activity } from '@usagekit/server/contract';
import { useActivity } from '../../hooks/activity/use-activity.ts';
import { resourceOf } from '../../hooks/base/resource.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { ActivityLogView, type ActivityLogViewProps } from './activity-log-view.tsx';

export interface ActivityLogProps extends Omit<ActivityLogViewProps, 'resource' | 'more'> {
  /** Lines that the host already has, newest first; nothing is fetched then. */
  data?: Activity[] | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
  /** Lines of a page; 10 by default. */
  limit?: number | undefined;
}

/**
 * The activity log, for audit. Renders a `section` with `data-widget="activity-log"`. Reads `data`, or
 * `GET /v1/accounts/{id}/activity` through `useActivity`.
 */
export const ActivityLog = asWidget(function ActivityLog({
  data,
  accountId,
  limit,
  ...view
}: ActivityLogProps) {
  return data ? (
    <ActivityLogView {...view} resource={resourceOf({ items: data, nextCursor: null })} />
  ) : (
    <ConnectedActivityLog {...view} accountId={accountId} limit={limit} />
  );
});

function ConnectedActivityLog({ accountId, limit = 10, ...view }: Omit<ActivityLogProps, 'data'>) {
  const log = useActivity({ accountId, limit });
  return <ActivityLogView {...view} resource={log} more={log} />;
}
