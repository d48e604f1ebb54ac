'use client';
import { useEffect, useState } from 'react';
import type { UsageKitError } from '../../client/usagekit-error.ts';
import { formatAgo } from '../../format/format-ago.ts';
import { commonRefusalMessages } from '../../messages/common/common-refusal.ts';
import { troubleMessages } from '../../messages/common/trouble.ts';
import { keepFocus } from '../parts/controls/keep-focus.ts';
import { staleIcon } from '../parts/icons/stale-icon.ts';
import type { LaterTools } from '../parts/widget/later-tools.ts';
import type { ErrorStateProps } from './error-state.tsx';
import type { StaleNoteProps } from './stale-note.tsx';

// The chunk of what is shown while something is wrong, which most visits never see.

const lookEveryMs = 30_000;

export type Trouble = ReturnType<typeof createTrouble>;

/** What is shown while something is wrong. Keeps the focus of the page's widgets in them, too. */
export function createTrouble({ usePartClass, useMessages, msPerDay }: LaterTools) {
  const useTexts = () => useMessages('trouble', troubleMessages);
  keepFocus();

  return {
    /** The reason that `ErrorState` gives, and the way to try again. */
    FailureDetail({ error, onRetry }: Pick<ErrorStateProps, 'error' | 'onRetry'>) {
      const messages = useTexts();
      const partClass = usePartClass();
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
            <button
              type="button"
              className={partClass('button')}
              data-kind="plain"
              onClick={retry}
              // Disabled, it would let the focus fall to the page.
              aria-disabled={retrying || undefined}
            >
              {messages.retry}
            </button>
          </div>
          {error?.requestId && <p className="uk-caption">{error.requestId}</p>}
        </>
      );
    },

    /** What `ErrorState` says to who may not see the figures: why, and who can help. */
    NotPermitted({ what, error, failed }: { what: string; error: UsageKitError; failed: string }) {
      const texts = useTexts();
      const { signedOut, notPermitted } = useMessages('common', commonRefusalMessages);
      const partClass = usePartClass();
      const [title, detail] = error.signedOut
        ? [signedOut, texts.signedOutDetail]
        : error.code === 'other_account'
          ? [failed, texts.otherAccountDetail]
          : [notPermitted(what), texts.notPermittedDetail];
      return (
        <div className={partClass('empty')}>
          <p className="uk-strong">{title}</p>
          <p className="uk-muted">{detail}</p>
        </div>
      );
    },

    /** What `StaleNote` shows. */
    Stale({ asOf, format }: StaleNoteProps) {
      const messages = useTexts();
      const partClass = usePartClass();
      const [nowMs, setNowMs] = useState<number>();
      useEffect(() => {
        const look = () => setNowMs(Date.now());
        look();
        const timer = setInterval(look, lookEveryMs);
        return () => clearInterval(timer);
      }, []);
      const ageMs = nowMs === undefined ? undefined : nowMs - Date.parse(asOf);
      // An account on a test clock, or a browser whose clock is off, gets the instant itself instead of a wrong age.
      const plausible = nowMs !== undefined && ageMs !== undefined && ageMs >= 0 && ageMs < msPerDay;
      const age = plausible
        ? formatAgo(asOf, new Date(nowMs).toISOString(), format, messages.lessThanMinute)
        : format.dateTime(asOf);
      return (
        <p className={partClass('stale')} role="status" title={messages.staleDetail}>
          {/* As `Icon`, which no widget is to load at first for this alone. */}
          <svg className={partClass('icon')} viewBox="0 0 16 16" aria-hidden="true">
            <path d={staleIcon[1]} />
          </svg>
          {messages.stale(age)}
        </p>
      );
    },
  };
}
