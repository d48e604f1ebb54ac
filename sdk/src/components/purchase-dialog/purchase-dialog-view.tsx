'use client';
import type { ShownUnit } from '@usagekit/server/contract';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { PaymentSessionFlow } from '../../hooks/invoices/use-payment-session.ts';
import type { PurchaseFlow } from '../../hooks/purchases/use-purchase.ts';
import { purchaseDialogMessages } from '../../messages/credits/purchase-dialog.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Dialog } from '../parts/controls/dialog.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import { type WidgetProps, WidgetRoot } from '../parts/widget/widget-root.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { MayNotBuy } from './may-not-buy.tsx';
import { PurchaseForm } from './purchase-form.tsx';
import type { PurchaseOffer } from './purchase-offer.ts';

export interface PurchaseDialogViewProps extends Pick<WidgetProps, 'headingLevel'> {
  /** Parts to leave out, such as `{ unitPrice: false }`. */
  parts?: PartsOf<'PurchaseDialog'> | undefined;
  /** Whether it is shown. */
  open: boolean;
  /** Called when it is closed. */
  onClose: () => void;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<PurchaseOffer>;
  /** The balance's unit, which the title is worded by until the offer is there; credits by default. */
  creditLabel?: ShownUnit | undefined;
  /** The pack that is chosen at first; the first one by default. */
  packId?: string | undefined;
  /** The purchase, with its state. */
  flow: PurchaseFlow;
  /** Leads to the page on which a payment method is entered. */
  payment: PaymentSessionFlow;
  /** Called with the chosen pack when the page is left for a payment method. */
  onLeave?: ((packId: string) => void) | undefined;
}

/**
 * The purchase of credits: packs, the balance afterwards, the price before the button, and how it ended. Renders a
 * modal `dialog` while it is open, else nothing. Reads locale and messages.
 */
export const PurchaseDialogView = asWidget(function PurchaseDialogView({
  open,
  onClose,
  headingLevel,
  creditLabel,
  ...content
}: PurchaseDialogViewProps) {
  const messages = useMessages('purchaseDialog', purchaseDialogMessages);
  if (!open) return null;
  const isMoney = (content.resource.data?.creditLabel ?? creditLabel)?.currency !== undefined;
  const title = isMoney ? messages.titleOfMoney : messages.title;
  return (
    <WidgetRoot
      name="purchase-dialog"
      state={content.resource.data ? content.flow.status : content.resource.status}
      label={title}
      className="uk-dialog-root"
    >
      <Dialog title={title} headingLevel={headingLevel} onClose={onClose}>
        <PurchaseContent {...content} onClose={onClose} />
      </Dialog>
    </WidgetRoot>
  );
});

/** The dialog's content: the form, or the reason why there is none. Renders a `div`. Reads locale and messages. */
export function PurchaseContent(
  props: Omit<PurchaseDialogViewProps, 'open' | 'headingLevel' | 'creditLabel'>,
) {
  const { resource, packId, flow, payment, onLeave, parts, onClose } = props;
  const messages = useMessages('purchaseDialog', purchaseDialogMessages);
  const format = useFormat(resource.data?.timeZone, resource.data?.creditLabel);
  const { data, status, error, refresh } = resource;
  if (data) {
    return (
      <PurchaseForm
        offer={data}
        packId={packId}
        flow={flow}
        payment={payment}
        onLeave={onLeave}
        parts={parts}
        onClose={onClose}
        format={format}
      />
    );
  }
  if (status === 'error') return <ErrorState what={messages.what} error={error} onRetry={refresh} />;
  if (status === 'not_permitted') {
    return <MayNotBuy error={error} />;
  }
  return (
    <div className="uk-run" aria-busy="true">
      <Skeleton height={54} />
      <Skeleton height={54} before={8} />
      <Skeleton height={12} before={20} />
      <Skeleton height={12} before={12} />
      <Skeleton height={32} before={24} />
    </div>
  );
}
