'use client';
import type { AutoTopUp as AutoTopUpState } from '@usagekit/server/contract';
import { useFormat } from '../../format/use-format.ts';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useCatalog } from '../../hooks/catalog/use-catalog.ts';
import { type AutoTopUpResource, useAutoTopUp } from '../../hooks/credits/use-auto-top-up.ts';
import { useCreditBalance } from '../../hooks/credits/use-credit-balance.ts';
import { type PaymentSessionOptions, usePaymentSession } from '../../hooks/invoices/use-payment-session.ts';
import { purchaseDialogMessages } from '../../messages/credits/purchase-dialog.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import { MayNotBuy } from '../purchase-dialog/may-not-buy.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { AutoTopUpForm } from './auto-top-up-form.tsx';
import { AutoTopUpView, type AutoTopUpViewProps } from './auto-top-up-view.tsx';

export interface AutoTopUpProps extends Omit<AutoTopUpViewProps, 'resource' | 'form'> {
  /** Settings that the host already has; nothing is fetched then, and nothing can be changed. */
  data?: AutoTopUpState | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
  /** Where the payment page leads back to; the page's own address by default. */
  returnUrl?: PaymentSessionOptions['returnUrl'];
  /** Opens the payment page; in this tab by default. */
  onOpenPaymentPage?: PaymentSessionOptions['onOpen'];
}

/**
 * Auto top-up in one line, with the form that changes it. Renders a `section` with `data-widget="auto-top-up"`. Reads
 * `data`, or `GET /v1/accounts/{id}/auto-top-up` and the stream through `useAutoTopUp`; catalog and balance once the
 * form is opened.
 */
export const AutoTopUp = asWidget(function AutoTopUp({ data, ...rest }: AutoTopUpProps) {
  if (!data) return <ConnectedAutoTopUp {...rest} />;
  const { accountId, returnUrl, onOpenPaymentPage, ...view } = rest;
  return <AutoTopUpView {...view} resource={resourceOf(data)} />;
});

function ConnectedAutoTopUp(props: Omit<AutoTopUpProps, 'data'>) {
  const { accountId, returnUrl, onOpenPaymentPage, ...view } = props;
  const resource = useAutoTopUp({ accountId });
  return (
    <AutoTopUpView
      {...view}
      resource={resource}
      form={(close) => <ConnectedForm {...props} resource={resource} onClose={close} />}
    />
  );
}

interface ConnectedFormProps extends Omit<AutoTopUpProps, 'data'> {
  resource: AutoTopUpResource;
  onClose: () => void;
}

function ConnectedForm(props: ConnectedFormProps) {
  const { resource, onClose, accountId, returnUrl, onOpenPaymentPage, timeZone, creditLabel } = props;
  const messages = useMessages('purchaseDialog', purchaseDialogMessages);
  const catalog = useCatalog({ accountId });
  const credits = useCreditBalance({ accountId });
  const payment = usePaymentSession({ accountId, returnUrl, onOpen: onOpenPaymentPage });
  const format = useFormat(timeZone, creditLabel ?? catalog.data?.creditLabel);
  if (catalog.status === 'error') {
    return <ErrorState what={messages.what} error={catalog.error} onRetry={catalog.refresh} />;
  }
  if (catalog.data?.creditPacks.length === 0 && !resource.data?.enabled) {
    return <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />;
  }
  if (catalog.status === 'not_permitted' || credits.data?.canPurchase === false) {
    return <MayNotBuy error={catalog.error} />;
  }
  if (!catalog.data || !resource.data || credits.status === 'loading') {
    return (
      <div className="uk-run" aria-busy="true">
        <Skeleton height={24} />
        <Skeleton height={32} before={20} />
        <Skeleton height={54} before={20} />
        <Skeleton height={54} before={8} />
      </div>
    );
  }
  return (
    <AutoTopUpForm
      topUp={resource.data}
      packs={catalog.data.creditPacks}
      available={credits.data?.available}
      isSaving={resource.isSaving}
      hasFailed={resource.saveError !== undefined}
      isDearer={resource.saveError?.code === 'total_changed'}
      onSave={(input) => void resource.save(input).then((saved) => saved && onClose())}
      onClose={onClose}
      payment={payment}
      format={format}
    />
  );
}
