'use client';
import type { Subscription } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { PlanCardView, type PlanCardViewProps } from './plan-card-view.tsx';

export interface PlanCardProps extends Omit<PlanCardViewProps, 'resource'> {
  /** Figures that the host already has; nothing is fetched then. */
  data?: Subscription | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * An account's plan with its status, price, next date, inclusions and actions.
 * Renders a `section` with `data-widget="plan-card"`. Reads `data`, or `GET /v1/accounts/{id}/subscription` and the
 * stream through `usePlan`.
 */
export const PlanCard = asWidget(function PlanCard({ data, accountId, ...view }: PlanCardProps) {
  return data ? (
    <PlanCardView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedPlanCard {...view} accountId={accountId} />
  );
});

function ConnectedPlanCard({ accountId, ...view }: Omit<PlanCardProps, 'data'>) {
  return <PlanCardView {...view} resource={usePlan({ accountId })} />;
}
