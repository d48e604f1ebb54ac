'use client';
import { useEffect } from 'react';
import { takeLeftChange } from '../../client/credits/way-back.ts';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useCatalog } from '../../hooks/catalog/use-catalog.ts';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { useSubscriptionChange } from '../../hooks/subscription/use-subscription-change.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { PlanComparisonView, type PlanComparisonViewProps } from './plan-comparison-view.tsx';
import { type PlanOffer, planOffer } from './plan-offer.ts';

export interface PlanComparisonProps extends Omit<PlanComparisonViewProps, 'resource' | 'flow'> {
  /** Plans and subscription that the host already has; nothing is fetched then, and nothing can be changed. */
  data?: PlanOffer | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Plans side by side, and changing, cancelling and resuming the account's own. Renders a `section` with
 * `data-widget="plan-comparison"`. Reads `data`, or catalog and subscription through `useCatalog` and `usePlan`.
 */
export const PlanComparison = asWidget(function PlanComparison({
  data,
  accountId,
  ...view
}: PlanComparisonProps) {
  return data ? (
    <PlanComparisonView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedPlanComparison {...view} accountId={accountId} />
  );
});

function ConnectedPlanComparison({ accountId, ...view }: Omit<PlanComparisonProps, 'data'>) {
  const resource = planOffer(useCatalog({ accountId }), usePlan({ accountId }));
  const flow = useSubscriptionChange({ accountId });
  const { open } = flow;
  const isReady = resource.data !== undefined;
  // Whoever comes back from the payment page finds the dialog as they left it.
  useEffect(() => {
    const left = isReady && takeLeftChange('change_plan');
    if (left) void open(left);
  }, [isReady, open]);
  return <PlanComparisonView {...view} resource={resource} flow={flow} />;
}
