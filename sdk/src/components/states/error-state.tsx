'use client';
import type { ReactNode } from 'react';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { commonMessages } from '../../messages/common/common.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { usePartClass, useSlots } from '../parts/widget/as-widget.tsx';
import { useTrouble } from './use-trouble.ts';

export interface ErrorStateProps {
  /** The name of the missing content, as it reads within a sentence: 'credit balance'. */
  what: string;
  error?: UsageKitError | undefined;
  onRetry: () => Promise<void> | void;
  /** Stands while the reason is not loaded why the caller may not see it; nothing by default. */
  skeleton?: ReactNode;
}

/**
 * Says what failed and offers to try again. Where the caller may not see it, says that they are signed out, that the page is
 * another account's, or that the role does not include this and who can help. Renders a `div`, with the role `alert` where something
 * failed. Reads the messages. All but the sentence that something failed is loaded with the first answers; where the connection was
 * gone before, the sentence alone is shown.
 */
export function ErrorState(props: ErrorStateProps) {
  const { what, error, onRetry, skeleton } = props;
  const partClass = usePartClass();
  const trouble = useTrouble();
  const messages = useMessages('common', commonMessages);
  const { error: HostError, notPermitted } = useSlots();
  const failed = messages.failed(what);
  if (error?.notPermitted)
    return notPermitted ?? (trouble ? <trouble.NotPermitted {...{ what, error, failed }} /> : skeleton);
  if (HostError) return <HostError retry={async () => onRetry()} />;
  return (
    <div className={partClass('empty')} role="alert">
      <p className="uk-strong">{failed}</p>
      {trouble && <trouble.FailureDetail {...props} />}
    </div>
  );
}
