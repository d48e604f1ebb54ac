'use client';
import type { Subscription } from '@usagekit/server/contract';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { BillingBannerView, type BillingBannerViewProps } from './billing-banner-view.tsx';

export interface BillingBannerProps extends Omit<BillingBannerViewProps, 'plan'> {
  /** A plan that the host already has; nothing is fetched then. */
  data?: Subscription | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * The most urgent billing message in one line, anywhere in the host app. Renders a `section` with `data-widget="billing-banner"`,
 * or nothing. Reads `data`, or `GET /v1/accounts/{id}/subscription` and the stream through `usePlan`; while that fails or is not
 * permitted, nothing is shown.
 */
export const BillingBanner = asWidget(function BillingBanner({
  data,
  accountId,
  ...view
}: BillingBannerProps) {
  return data ? (
    <BillingBannerView {...view} plan={data} />
  ) : (
    <ConnectedBillingBanner {...view} accountId={accountId} />
  );
});

function ConnectedBillingBanner({ accountId, ...view }: Omit<BillingBannerProps, 'data'>) {
  return <BillingBannerView {...view} plan={usePlan({ accountId }).data} />;
}
