import type { Subscription } from '@usagekit/server/contract';
import { PlanCardView } from '../../../src/components/plan-card/index.ts';
import { resourceOf } from '../../../src/hooks/base/resource.ts';
import * as fixtures from '../../fixtures/subscription.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const widget = 'PlanCard';
const shown = (state: string, data: Subscription): GalleryState => ({
  widget,
  state,
  element: <PlanCardView resource={resourceOf(data)} />,
});

export const planCardStates: GalleryState[] = [
  shown('active', fixtures.pro),
  shown('trial', fixtures.trial),
  shown('past due', fixtures.pastDue),
  shown('past due, for a member', fixtures.pastDueForMember),
  shown('paused', fixtures.pausedPlan),
  shown('AI paused', fixtures.pausedAi),
  shown('with a standing warning', fixtures.withWarning),
  shown('a downgrade scheduled', fixtures.downgrading),
  shown('cancelled', fixtures.cancelled),
  shown('free', fixtures.free),
  shown('enterprise', fixtures.enterprise),
  { widget, state: 'loading', element: <PlanCardView resource={loading()} /> },
  { widget, state: 'stale', element: <PlanCardView resource={stale(fixtures.pro)} /> },
  { widget, state: 'error', element: <PlanCardView resource={failed()} /> },
  { widget, state: 'not permitted', element: <PlanCardView resource={notPermitted()} /> },
];
