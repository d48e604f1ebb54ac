import type { Subscription } from '@usagekit/server/contract';
import { BillingBannerView } from '../../../src/components/billing-banner/index.ts';
import * as fixtures from '../../fixtures/subscription.ts';
import type { GalleryState } from '../../gallery-state.ts';

const shown = (state: string, plan: Subscription): GalleryState => ({
  widget: 'BillingBanner',
  state,
  element: <BillingBannerView plan={plan} />,
});

export const billingBannerStates: GalleryState[] = [
  shown('trial', fixtures.trial),
  shown('past due', fixtures.pastDue),
  shown('past due, for a member', fixtures.pastDueForMember),
  shown('paused', fixtures.pausedPlan),
  shown('AI paused', fixtures.pausedAi),
  shown('ending', fixtures.cancelled),
];
