import { AutoTopUp } from '@usagekit/react/auto-top-up';

export default function Example() {
  return <AutoTopUp />;
}
