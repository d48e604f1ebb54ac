'use client';
import type { PaymentSessionFlow } from '../../hooks/invoices/use-payment-session.ts';
import { paymentMessages } from '../../messages/invoices/payment.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { PaymentPageProblem } from './payment-page-problem.tsx';

export interface PaymentMethodLineProps {
  /** The payment method in words. */
  text: string;
  /** Leads to the payment page; without it there is no way there. */
  session: PaymentSessionFlow | undefined;
}

/**
 * The payment method, and the way to the page that changes it; if the page cannot be opened, it says so in place. Renders a
 * `div`. Reads messages.
 */
export function PaymentMethodLine({ text, session }: PaymentMethodLineProps) {
  const messages = useMessages('payment', paymentMessages);
  return (
    <div className="uk-pay">
      <p className="uk-pay-with">
        {text}
        {session && (
          <LinkButton
            onClick={() => void session.start()}
            aria-label={messages.changeMethod}
            aria-disabled={session.isStarting || undefined}
            aria-busy={session.isStarting || undefined}
          >
            {session.isStarting ? messages.opening : messages.change}
          </LinkButton>
        )}
      </p>
      {session && <PaymentPageProblem session={session} />}
    </div>
  );
}
