import { Invoices } from '@usagekit/react/invoices';

export default function Example() {
  return <Invoices />;
}
