'use client';
import type { Diagnosis } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useDiagnosis } from '../../hooks/diagnosis/use-diagnosis.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { WhyBlockedView, type WhyBlockedViewProps } from './why-blocked-view.tsx';

export interface WhyBlockedProps extends Omit<WhyBlockedViewProps, 'resource'> {
  /** A diagnosis that the host already has; nothing is fetched then. */
  data?: Diagnosis | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Answers 'Why is my work blocked?': the cause, its effect on running work, the thing to do or who can do it, the other findings,
 * and the checks. Says so plainly if nothing blocks. Renders a `section` with `data-widget="why-blocked"`. Reads `data`, or `GET
 * /v1/accounts/{id}/diagnosis` and the stream through `useDiagnosis`.
 */
export const WhyBlocked = asWidget(function WhyBlocked({ data, accountId, ...view }: WhyBlockedProps) {
  return data ? (
    <WhyBlockedView {...view} resource={resourceOf(data)} />
  ) : (
    <ConnectedWhyBlocked {...view} accountId={accountId} />
  );
});

function ConnectedWhyBlocked({ accountId, ...view }: Omit<WhyBlockedProps, 'data'>) {
  return <WhyBlockedView {...view} resource={useDiagnosis({ accountId })} />;
}
