'use client';
import { useEffect, useState } from 'react';
import { keepWayBack, readWayBack } from '../../client/credits/way-back.ts';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useCatalog } from '../../hooks/catalog/use-catalog.ts';
import { useAutoTopUp } from '../../hooks/credits/use-auto-top-up.ts';
import { useCreditBalance } from '../../hooks/credits/use-credit-balance.ts';
import { type PaymentSessionOptions, usePaymentSession } from '../../hooks/invoices/use-payment-session.ts';
import { usePurchase } from '../../hooks/purchases/use-purchase.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { PurchaseDialogView, type PurchaseDialogViewProps } from './purchase-dialog-view.tsx';
import { type PurchaseOffer, purchaseOffer } from './purchase-offer.ts';

export interface PurchaseDialogProps
  extends Pick<PurchaseDialogViewProps, 'open' | 'onClose' | 'headingLevel' | 'creditLabel' | 'parts'> {
  /** Packs and balance that the host already has; only the purchase itself goes to the server then. */
  data?: PurchaseOffer | undefined;
  /** The pack that is chosen at first; the first one by default. */
  packId?: string | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
  /** Where the payment page leads back to; the page's own address by default. */
  returnUrl?: PaymentSessionOptions['returnUrl'];
  /** Opens the payment page; in this tab by default. */
  onOpenPaymentPage?: PaymentSessionOptions['onOpen'];
}

/**
 * Buys a pack of credits, once an opening whatever is clicked; a purchase that a reload or an earlier opening left
 * unfinished is taken up instead of a new one. Renders a modal `dialog` while it is open. Reads `data`, or catalog,
 * credits and payment method from the server.
 */
export const PurchaseDialog = asWidget(function PurchaseDialog({ open, data, ...rest }: PurchaseDialogProps) {
  if (!open) return null;
  return data ? <Purchase {...rest} resource={resourceOf(data)} /> : <ConnectedPurchase {...rest} />;
});

type OpenDialogProps = Omit<PurchaseDialogProps, 'open' | 'data'>;

function ConnectedPurchase(props: OpenDialogProps) {
  const { accountId } = props;
  const catalog = useCatalog({ accountId });
  const credits = useCreditBalance({ accountId });
  return <Purchase {...props} resource={purchaseOffer(catalog, credits, useAutoTopUp({ accountId }))} />;
}

interface PurchaseProps extends OpenDialogProps, Pick<PurchaseDialogViewProps, 'resource'> {}

function Purchase(props: PurchaseProps) {
  const { onClose, resource, packId, parts, accountId, returnUrl, onOpenPaymentPage } = props;
  const flow = usePurchase({ accountId });
  const payment = usePaymentSession({ accountId, returnUrl, onOpen: onOpenPaymentPage });
  const [left] = useState(() => readWayBack('pack'));
  useEffect(() => keepWayBack('pack', null), []);
  return (
    <PurchaseDialogView
      open
      resource={resource}
      packId={left ?? packId}
      parts={parts}
      headingLevel={props.headingLevel}
      creditLabel={props.creditLabel}
      flow={flow}
      payment={payment}
      // The host's own way may leave this page as it is.
      onLeave={onOpenPaymentPage ? undefined : (chosen) => keepWayBack('pack', chosen)}
      onClose={() => {
        flow.reset();
        onClose();
      }}
    />
  );
}
