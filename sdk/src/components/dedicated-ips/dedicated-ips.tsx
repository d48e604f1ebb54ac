'use client';
import type { Subscription } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { useSubscriptionChange } from '../../hooks/subscription/use-subscription-change.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { DedicatedIpsView, type DedicatedIpsViewProps } from './dedicated-ips-view.tsx';

export interface DedicatedIpsProps extends Omit<DedicatedIpsViewProps, 'resource' | 'flow'> {
  /** The subscription that the host already has; nothing is fetched then, and nothing can be changed. */
  data?: Subscription | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Fixed outgoing addresses: buying, assigning, releasing and removing them. Renders a `section` with `data-widget="dedicated-ips"`. Reads `data`, or the
 * subscription through `usePlan`; changes it through `useSubscriptionChange`.
 */
export const DedicatedIps = asWidget(function DedicatedIps({ data, accountId, ...view }: DedicatedIpsProps) {
  return data ? (
    <DedicatedIpsView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedDedicatedIps {...view} accountId={accountId} />
  );
});

function ConnectedDedicatedIps({ accountId, ...view }: Omit<DedicatedIpsProps, 'data'>) {
  const flow = useSubscriptionChange({ accountId });
  return <DedicatedIpsView {...view} resource={usePlan({ accountId })} flow={flow} />;
}
