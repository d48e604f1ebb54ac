export { ActivityLog, type ActivityLogProps } from './activity-log.tsx';
export { ActivityLogView, type ActivityLogViewProps } from './activity-log-view.tsx';
