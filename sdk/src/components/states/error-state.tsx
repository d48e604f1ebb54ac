'use client';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { commonMessages } from '../../messages/common.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { useSlots } from '../parts/widget/as-widget.tsx';
import { StateBox } from './state-box.tsx';
import { useTrouble } from './use-trouble.ts';

export interface ErrorStateProps {
  /** The name of the missing content, as it reads within a sentence: 'credit balance'. */
  what: string;
  error?: UsageKitError | undefined;
  onRetry: () => Promise<void> | void;
}

/**
 * Says what failed and offers to try again. Where the caller may not see it, says that they are signed out, that the page is
 * another account's, or that the role does not include this and who can help. Renders a `div`, with the role `alert` where something failed. Reads the messages. The reason
 * and the way on are loaded with the first figures; where the connection was gone before, the sentence alone is shown.
 */
export function ErrorState(props: ErrorStateProps) {
  const { what, error, onRetry } = props;
  const trouble = useTrouble();
  const messages = useMessages('common', commonMessages);
  const { error: HostError, notPermitted } = useSlots();
  if (error?.notPermitted) {
    return (
      notPermitted ?? (
        <StateBox
          title={
            error.signedOut
              ? messages.signedOut
              : messages[error.code === 'other_account' ? 'failed' : 'notPermitted'](what)
          }
        >
          {trouble && <trouble.NotPermittedDetail error={error} />}
        </StateBox>
      )
    );
  }
  if (HostError) return <HostError retry={async () => onRetry()} />;
  return (
    <StateBox title={messages.failed(what)} role="alert">
      {trouble && <trouble.FailureDetail {...props} />}
    </StateBox>
  );
}
