'use client';
import type { PaymentMethodView } from '@usagekit/server/contract';
import type { PaymentSessionFlow } from '../../hooks/invoices/use-payment-session.ts';
import { paymentMessages } from '../../messages/invoices/payment.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { warningIcon } from '../parts/icons/level-icons.ts';
import { usePartClass } from '../parts/widget/as-widget.tsx';
import { Notice } from '../parts/widget/notice.tsx';
import { PaymentPageProblem } from './payment-page-problem.tsx';

export interface PaymentMethodNoticeProps {
  /** One that waits for its confirmation; null where there is none. */
  paymentMethod: PaymentMethodView | null;
  /** Leads to the payment page; without it the notice says who can. */
  session: PaymentSessionFlow | undefined;
}

/** Says that nothing can be charged yet and leads to the payment page. Renders a `div`. Reads messages. */
export function PaymentMethodNotice({ paymentMethod, session }: PaymentMethodNoticeProps) {
  const partClass = usePartClass();
  const messages = useMessages('payment', paymentMessages);
  return (
    <Notice>
      <Icon drawing={warningIcon} />
      <div className="uk-notice-body">
        <p className="uk-strong">{paymentMethod ? messages.unconfirmed : messages.missing}</p>
        <p className="uk-text uk-muted">
          {!session
            ? messages.othersMay
            : paymentMethod
              ? messages.unconfirmedDetail
              : messages.missingDetail}
        </p>
        {session && (
          <>
            <div className={partClass('actions')}>
              <Button
                kind="primary"
                onClick={() => void session.start()}
                aria-disabled={session.isStarting || undefined}
              >
                {paymentMethod ? messages.confirm : messages.add}
              </Button>
            </div>
            <PaymentPageProblem session={session} />
          </>
        )}
      </div>
    </Notice>
  );
}
