import { PaymentMethod } from '@usagekit/react/invoices';

export default function Example() {
  return <PaymentMethod />;
}
