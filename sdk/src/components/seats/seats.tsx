'use client';
import type { Subscription } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { useSubscriptionChange } from '../../hooks/subscription/use-subscription-change.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { SeatsView, type SeatsViewProps } from './seats-view.tsx';

export interface SeatsProps extends Omit<SeatsViewProps, 'resource' | 'flow'> {
  /** The subscription that the host already has; nothing is fetched then, and nothing can be changed. */
  data?: Subscription | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Seats by kind, and how many are bought. Renders a `section` with `data-widget="seats"`. Reads `data`, or the
 * subscription through `usePlan`; changes it through `useSubscriptionChange`.
 */
export const Seats = asWidget(function Seats({ data, accountId, ...view }: SeatsProps) {
  return data ? (
    <SeatsView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedSeats {...view} accountId={accountId} />
  );
});

function ConnectedSeats({ accountId, ...view }: Omit<SeatsProps, 'data'>) {
  const flow = useSubscriptionChange({ accountId });
  return <SeatsView {...view} resource={usePlan({ accountId })} flow={flow} />;
}
