'use client';
import { usePaymentMethod } from '../../hooks/invoices/use-payment-method.ts';
import { type PaymentSessionOptions, usePaymentSession } from '../../hooks/invoices/use-payment-session.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { PaymentMethodView, type PaymentMethodViewProps } from './payment-method-view.tsx';

export interface PaymentMethodProps extends Omit<PaymentMethodViewProps, 'resource' | 'payment'> {
  /** The session's account by default. */
  accountId?: string | undefined;
  /** Where the payment page leads back to; the page's own address by default. */
  returnUrl?: PaymentSessionOptions['returnUrl'];
  /** Opens the payment page; in this tab by default. */
  onOpenPaymentPage?: PaymentSessionOptions['onOpen'];
}

/**
 * The payment method, and the way to the page on which it is changed. Renders a `section` with
 * `data-widget="payment-method"`. Reads `GET /v1/accounts/{id}/payment-method` through `usePaymentMethod`.
 */
export const PaymentMethod = asWidget(function PaymentMethod(props: PaymentMethodProps) {
  const { accountId, returnUrl, onOpenPaymentPage, ...view } = props;
  const payment = usePaymentSession({ accountId, returnUrl, onOpen: onOpenPaymentPage });
  return <PaymentMethodView {...view} resource={usePaymentMethod({ accountId })} payment={payment} />;
});
