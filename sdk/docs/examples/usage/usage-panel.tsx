import { UsagePanel } from '@usagekit/react/usage-panel';

export default function Example() {
  return <UsagePanel />;
}
