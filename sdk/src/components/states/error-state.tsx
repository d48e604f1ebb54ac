'use client';
import { useState } from 'react';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { commonMessages } from '../../messages/common.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { usePartClass, useSlots } from '../parts/as-widget.tsx';
import { Button } from '../parts/button.tsx';

export interface ErrorStateProps {
  /** The name of the missing content, as it reads within a sentence: 'credit balance'. */
  what: string;
  error?: UsageKitError | undefined;
  onRetry: () => Promise<void> | void;
}

/** Says what failed and offers to try again. Renders a `div` with the role `alert`. Reads the messages. */
export function ErrorState({ what, error, onRetry }: ErrorStateProps) {
  const messages = useMessages('common', commonMessages);
  const partClass = usePartClass();
  const { error: HostError } = useSlots();
  const [retrying, setRetrying] = useState(false);
  const retry = async () => {
    if (retrying) return;
    setRetrying(true);
    try {
      await onRetry();
    } finally {
      setRetrying(false);
    }
  };
  if (HostError) return <HostError retry={retry} />;
  const unavailable = error?.status !== undefined && error.status >= 500;
  return (
    <div className={partClass('empty')} role="alert">
      <p className="uk-strong">{messages.failed(what)}</p>
      <p className="uk-muted">{unavailable ? messages.failedUnavailable : messages.failedDetail}</p>
      <div className="uk-empty-action">
        {/* Disabled, it would let the focus fall to the page. */}
        <Button onClick={retry} aria-disabled={retrying || undefined}>
          {messages.retry}
        </Button>
      </div>
      {error?.requestId && <p className="uk-caption">{error.requestId}</p>}
    </div>
  );
}

/**
 * Says that the caller is signed out, or that the role does not include this and who can help. Renders a `div`. Reads the
 * messages.
 */
export function NotPermittedState({ what, error }: Pick<ErrorStateProps, 'what' | 'error'>) {
  const messages = useMessages('common', commonMessages);
  const partClass = usePartClass();
  return (
    <div className={partClass('empty')}>
      <p className="uk-strong">{error?.signedOut ? messages.signedOut : messages.notPermitted(what)}</p>
      <p className="uk-muted">{error?.signedOut ? messages.signedOutDetail : messages.notPermittedDetail}</p>
    </div>
  );
}
