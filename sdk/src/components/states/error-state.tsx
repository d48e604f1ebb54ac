'use client';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { commonMessages } from '../../messages/common.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { usePartClass, useSlots } from '../parts/widget/as-widget.tsx';
import { useTrouble } from './use-trouble.ts';

export interface ErrorStateProps {
  /** The name of the missing content, as it reads within a sentence: 'credit balance'. */
  what: string;
  error?: UsageKitError | undefined;
  onRetry: () => Promise<void> | void;
}

/**
 * Says what failed and offers to try again. Renders a `div` with the role `alert`. Reads the messages. The reason and the way on
 * are loaded with the first figures; where the connection was gone before, the sentence alone is shown.
 */
export function ErrorState(props: ErrorStateProps) {
  const trouble = useTrouble();
  const messages = useMessages('common', commonMessages);
  const partClass = usePartClass();
  const { error: HostError } = useSlots();
  if (HostError) return <HostError retry={async () => props.onRetry()} />;
  return (
    <div className={partClass('empty')} role="alert">
      <p className="uk-strong">{messages.failed(props.what)}</p>
      {trouble && <trouble.FailureDetail {...props} />}
    </div>
  );
}

/**
 * Says that the caller is signed out, or that the role does not include this and who can help. Renders a `div`. Reads the
 * messages.
 */
export function NotPermittedState({ what, error }: Pick<ErrorStateProps, 'what' | 'error'>) {
  const trouble = useTrouble();
  const messages = useMessages('common', commonMessages);
  const partClass = usePartClass();
  const isSignedOut = error?.signedOut === true;
  return (
    <div className={partClass('empty')}>
      <p className="uk-strong">{isSignedOut ? messages.signedOut : messages.notPermitted(what)}</p>
      {trouble && <trouble.NotPermittedDetail isSignedOut={isSignedOut} />}
    </div>
  );
}
