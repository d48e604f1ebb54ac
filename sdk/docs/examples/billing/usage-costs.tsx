import { UsageCosts } from '@usagekit/react/invoices';

export default function Example() {
  return <UsageCosts />;
}
