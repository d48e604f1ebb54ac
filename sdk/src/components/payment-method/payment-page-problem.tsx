'use client';
import type { PaymentSessionFlow } from '../../hooks/invoices/use-payment-session.ts';
import { troubleMessages } from '../../messages/common/trouble.ts';
import { paymentMessages } from '../../messages/invoices/payment.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { LinkButton } from '../parts/controls/link-button.tsx';

/** That the payment page could not be opened, and the way to try again. Renders a `p`, or nothing. Reads messages. */
export function PaymentPageProblem({ session }: { session: PaymentSessionFlow }) {
  const messages = useMessages('payment', paymentMessages);
  const common = useMessages('trouble', troubleMessages);
  if (!session.error) return null;
  return (
    <p className="uk-problem uk-problem-line" role="alert">
      {messages.startFailed}
      <LinkButton onClick={() => void session.start()}>{common.retry}</LinkButton>
    </p>
  );
}
