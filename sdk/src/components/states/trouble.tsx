'use client';
import { msPerDay } from '@usagekit/server/contract';
import { useEffect, useState } from 'react';
import { troubleMessages } from '../../messages/trouble.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { clockIcon } from '../parts/icons/icons.ts';
import { usePartClass } from '../parts/widget/as-widget.tsx';
import type { ErrorStateProps } from './error-state.tsx';
import type { StaleNoteProps } from './stale-note.tsx';

// The chunk of what is shown while something is wrong, which most visits never see.

/** The reason that `ErrorState` gives, and the way to try again. */
export function FailureDetail({ error, onRetry }: Pick<ErrorStateProps, 'error' | 'onRetry'>) {
  const messages = useMessages('trouble', troubleMessages);
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
  const unavailable = error?.status !== undefined && error.status >= 500;
  return (
    <>
      <p className="uk-muted">{unavailable ? messages.failedUnavailable : messages.failedDetail}</p>
      <div className="uk-empty-action">
        {/* Disabled, it would let the focus fall to the page. */}
        <Button onClick={retry} aria-disabled={retrying || undefined}>
          {messages.retry}
        </Button>
      </div>
      {error?.requestId && <p className="uk-caption">{error.requestId}</p>}
    </>
  );
}

/** Who can help, as `NotPermittedState` says it. */
export function NotPermittedDetail({ isSignedOut }: { isSignedOut: boolean }) {
  const messages = useMessages('trouble', troubleMessages);
  return <p className="uk-muted">{isSignedOut ? messages.signedOutDetail : messages.notPermittedDetail}</p>;
}

const secondMs = 1_000;

/** What `StaleNote` shows. */
export function Stale({ asOf, format }: StaleNoteProps) {
  const messages = useMessages('trouble', troubleMessages);
  const partClass = usePartClass();
  const [nowMs, setNowMs] = useState<number>();
  useEffect(() => {
    const look = () => setNowMs(Date.now());
    look();
    const timer = setInterval(look, 30 * secondMs);
    return () => clearInterval(timer);
  }, []);
  const ageMs = nowMs === undefined ? undefined : nowMs - Date.parse(asOf);
  // An account on a test clock, or a browser whose clock is off, gets the instant itself instead of a wrong age.
  const plausible = nowMs !== undefined && ageMs !== undefined && ageMs >= 0 && ageMs < msPerDay;
  const age = plausible ? format.ago(asOf, new Date(nowMs).toISOString()) : format.dateTime(asOf);
  return (
    <p className={partClass('stale')} role="status" title={messages.staleDetail}>
      <Icon drawing={clockIcon} />
      {messages.stale(age)}
    </p>
  );
}
