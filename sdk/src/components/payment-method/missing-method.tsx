'use client';
import { keepWayBack } from '../../client/credits/way-back.ts';
import type { AccountCommand } from '../../client/subscription/subscription-changes.ts';
import { usePaymentSession } from '../../hooks/invoices/use-payment-session.ts';
import { PaymentMethodNotice } from './payment-method-notice.tsx';

export interface MissingMethodProps {
  accountId: string | undefined;
  /** What waits for the payment method. */
  command: AccountCommand | undefined;
}

/** Leads to the payment page from a change that cannot be charged yet. Renders a `div`. Reads messages. */
export function MissingMethod({ accountId, command }: MissingMethodProps) {
  const session = usePaymentSession({ accountId });
  const start = () => {
    if (command) keepWayBack('change', command);
    return session.start();
  };
  return <PaymentMethodNotice paymentMethod={null} session={{ ...session, start }} />;
}
