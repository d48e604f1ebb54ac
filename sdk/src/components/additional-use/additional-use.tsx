'use client';
import type { Subscription } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { useSubscriptionChange } from '../../hooks/subscription/use-subscription-change.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { AdditionalUseView, type AdditionalUseViewProps } from './additional-use-view.tsx';

export interface AdditionalUseProps extends Omit<AdditionalUseViewProps, 'resource' | 'flow'> {
  /** The subscription that the host already has; nothing is fetched then, and nothing can be changed. */
  data?: Subscription | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Whether use beyond an allowance goes on, by metric. Renders a `section` with `data-widget="additional-use"`. Reads `data`, or the
 * subscription through `usePlan`; changes it through `useSubscriptionChange`.
 */
export const AdditionalUse = asWidget(function AdditionalUse({
  data,
  accountId,
  ...view
}: AdditionalUseProps) {
  return data ? (
    <AdditionalUseView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedAdditionalUse {...view} accountId={accountId} />
  );
});

function ConnectedAdditionalUse({ accountId, ...view }: Omit<AdditionalUseProps, 'data'>) {
  const flow = useSubscriptionChange({ accountId });
  return <AdditionalUseView {...view} resource={usePlan({ accountId })} flow={flow} />;
}
