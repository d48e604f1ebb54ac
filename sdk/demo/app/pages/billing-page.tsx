import { BillingPage as Billing } from '@usagekit/react';

/** Plan, credits, invoices, payment and plans, as the kit shows them. */
export function BillingPage() {
  return (
    <div className="plans">
      <h1>Billing</h1>
      <Billing />
    </div>
  );
}
