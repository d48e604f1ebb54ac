'use client';
import type { PaymentMethodAnswer } from '@usagekit/server/contract';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { PaymentSessionFlow } from '../../hooks/invoices/use-payment-session.ts';
import { invoicesMessages } from '../../messages/invoices/invoices.ts';
import { paymentMessages } from '../../messages/invoices/payment.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { PaymentMethodLine } from './payment-method-line.tsx';
import { PaymentMethodNotice } from './payment-method-notice.tsx';

export interface PaymentMethodViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ note: false }`. */
  parts?: PartsOf<'PaymentMethod'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<PaymentMethodAnswer>;
  /** Leads to the page on which a payment method is entered. */
  payment: PaymentSessionFlow;
}

/**
 * The card or bank account that is charged, and the way to another one. Renders a `section`. Reads locale and messages.
 */
export const PaymentMethodView = asWidget(function PaymentMethodView(props: PaymentMethodViewProps) {
  const { resource, payment, parts, headingLevel = 2 } = props;
  const messages = useMessages('invoices', invoicesMessages);
  const payments = useMessages('payment', paymentMessages);
  const format = useFormat(resource.data?.timeZone);
  return (
    <ResourceFrame
      name="payment-method"
      what={messages.methodWhat}
      title={messages.methodTitle}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={<Skeleton height={14} widthPercent={60} before={8} />}
      stateOf={({ paymentMethod }) => (paymentMethod?.confirmed ? 'ready' : 'missing')}
    >
      {({ paymentMethod, canManage }) => {
        const session = canManage && parts?.actions !== false ? payment : undefined;
        return (
          <Card
            title={messages.methodTitle}
            headingLevel={headingLevel}
            side={
              resource.status === 'stale' &&
              resource.asOf && <StaleNote asOf={resource.asOf} format={format} />
            }
          >
            <div className="uk-invoice-upcoming">
              {paymentMethod?.confirmed ? (
                <>
                  <PaymentMethodLine
                    text={payments.method(paymentMethod.brand, paymentMethod.lastFour)}
                    session={session}
                  />
                  {parts?.note !== false && <p className="uk-caption">{messages.methodNext}</p>}
                </>
              ) : (
                <PaymentMethodNotice paymentMethod={paymentMethod} session={session} />
              )}
            </div>
          </Card>
        );
      }}
    </ResourceFrame>
  );
});
