import { Charges } from '@usagekit/react/invoices';

export default function Example() {
  return <Charges />;
}
