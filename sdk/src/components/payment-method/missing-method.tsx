'use client';
import { usePaymentSession } from '../../hooks/invoices/use-payment-session.ts';
import { PaymentMethodNotice } from './payment-method-notice.tsx';

export interface MissingMethodProps {
  accountId: string | undefined;
}

/** Leads to the payment page from a change that cannot be charged yet. Renders a `div`. Reads messages. */
export function MissingMethod({ accountId }: MissingMethodProps) {
  return <PaymentMethodNotice paymentMethod={null} session={usePaymentSession({ accountId })} />;
}
