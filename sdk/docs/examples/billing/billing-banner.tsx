import { BillingBanner } from '@usagekit/react/billing-banner';

export default function Example() {
  return <BillingBanner />;
}
