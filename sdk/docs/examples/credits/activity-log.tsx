import { ActivityLog } from '@usagekit/react/activity-log';

export default function Example() {
  return <ActivityLog />;
}
