import { UsagePage } from '@usagekit/react/usage-page';

export default function Example() {
  return <UsagePage />;
}
