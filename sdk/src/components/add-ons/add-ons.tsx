'use client';
import type { Subscription } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import { useSubscriptionChange } from '../../hooks/subscription/use-subscription-change.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { AddOnsView, type AddOnsViewProps } from './add-ons-view.tsx';

export interface AddOnsProps extends Omit<AddOnsViewProps, 'resource' | 'flow'> {
  /** The subscription that the host already has; nothing is fetched then, and nothing can be changed. */
  data?: Subscription | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * The account's add-ons, and the add-ons for sale. Renders a `section` with `data-widget="add-ons"`. Reads `data`, or the
 * subscription through `usePlan`; changes it through `useSubscriptionChange`.
 */
export const AddOns = asWidget(function AddOns({ data, accountId, ...view }: AddOnsProps) {
  return data ? (
    <AddOnsView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedAddOns {...view} accountId={accountId} />
  );
});

function ConnectedAddOns({ accountId, ...view }: Omit<AddOnsProps, 'data'>) {
  const flow = useSubscriptionChange({ accountId });
  return <AddOnsView {...view} resource={usePlan({ accountId })} flow={flow} />;
}
