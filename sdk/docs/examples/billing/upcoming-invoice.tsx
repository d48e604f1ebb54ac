import { UpcomingInvoice } from '@usagekit/react/invoices';

export default function Example() {
  return <UpcomingInvoice />;
}
