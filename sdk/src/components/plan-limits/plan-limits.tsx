'use client';
import type { Subscription } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { PlanLimitsView, type PlanLimitsViewProps } from './plan-limits-view.tsx';

export interface PlanLimitsProps extends Omit<PlanLimitsViewProps, 'resource'> {
  /** The subscription that the host already has; nothing is fetched then. */
  data?: Subscription | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * The plan's limits other than usage, and its standing warnings. Renders a `section` with `data-widget="plan-limits"`. Reads
 * `data`, or the subscription through `usePlan`.
 */
export const PlanLimits = asWidget(function PlanLimits({ data, accountId, ...view }: PlanLimitsProps) {
  return data ? (
    <PlanLimitsView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedPlanLimits {...view} accountId={accountId} />
  );
});

function ConnectedPlanLimits({ accountId, ...view }: Omit<PlanLimitsProps, 'data'>) {
  return <PlanLimitsView {...view} resource={usePlan({ accountId })} />;
}
