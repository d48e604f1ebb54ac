import type { Blocked } from '@usagekit/server/contract';
import type { ReactElement } from 'react';
import { causePhrase } from '../core/badge/badge.ts';
import { type BadgeState, isFinal } from '../core/badge/badge-state.ts';
import { blockedTitle } from '../core/prompt/blocked-title.ts';
import { actionLabelOf, whoHelps } from '../core/prompt/own-action.ts';
import { formatDistance, formatInstant, type ReaderFormat } from '../core/reader-format.ts';
import type { IconChoice } from '../core/settings.ts';
import { Notice } from '../pages/notice.tsx';
import { joinSentences, wordsOf } from '../words/words-of.ts';

export interface StateNoticeProps {
  badgeState: BadgeState;
  format: ReaderFormat;
  icon: IconChoice;
  onRetry(): void;
  /** Undefined where the product names no billing page. */
  onOpenBilling: (() => void) | undefined;
}

/** The event, its meaning and the one thing to do; nothing while all is well. */
export function StateNotice({
  badgeState,
  format,
  icon,
  onRetry,
  onOpenBilling,
}: StateNoticeProps): ReactElement | null {
  const words = wordsOf(format);
  switch (badgeState.kind) {
    case 'error':
      return isFinal(badgeState.failure) ? (
        <Notice
          title={words.popup.notConnected}
          action={
            <NoticeButton onClick={() => void chrome.runtime.openOptionsPage()} isPrimary>
              {words.popup.connectAgain}
            </NoticeButton>
          }
        >
          {badgeState.failure.message}
        </Notice>
      ) : (
        <Notice
          title={words.popup.noFigures}
          action={<NoticeButton onClick={onRetry}>{words.popup.tryAgain}</NoticeButton>}
        >
          {badgeState.failure.message}
        </Notice>
      );
    case 'stale':
      return (
        <Notice
          title={words.popup.figuresFrom(formatInstant(badgeState.asOfMs, format))}
          action={<NoticeButton onClick={onRetry}>{words.popup.tryAgain}</NoticeButton>}
        >
          {badgeState.failure?.message}
        </Notice>
      );
    case 'blocked':
      return (
        <Notice
          tone="over"
          title={blockedTitle(badgeState.blocked, badgeState.summary, words)}
          action={
            onOpenBilling &&
            whoHelps(badgeState.blocked, words) === null && (
              <NoticeButton onClick={onOpenBilling} isPrimary>
                {actionLabelOf(badgeState.blocked, words)}
              </NoticeButton>
            )
          }
        >
          {blockedDetail(badgeState.blocked, badgeState.summary.asOf, format)}
        </Notice>
      );
    case 'past_due':
      return (
        <Notice
          tone="over"
          title={words.badgeState.paymentDue}
          action={
            onOpenBilling && (
              <NoticeButton onClick={onOpenBilling} isPrimary>
                {words.action.openBilling}
              </NoticeButton>
            )
          }
        >
          {words.popup.settlePayment}
        </Notice>
      );
    case 'low':
      return <Notice title={causePhrase(badgeState.summary, format, icon)} />;
    case 'unpaired':
    case 'loading':
    case 'ok':
      return null;
  }
}

interface NoticeButtonProps {
  onClick(): void;
  isPrimary?: boolean;
  children: string;
}

function NoticeButton({ onClick, isPrimary = false, children }: NoticeButtonProps) {
  return (
    <button type="button" className="button" data-kind={isPrimary ? 'primary' : undefined} onClick={onClick}>
      {children}
    </button>
  );
}

function blockedDetail(blocked: Blocked | null, asOf: string, format: ReaderFormat): string {
  const words = wordsOf(format);
  const resetsAt = blocked?.resetsAt ?? null;
  return joinSentences(words, [
    words.card.stopped,
    resetsAt === null ? null : words.badgeState.resets(formatDistance(resetsAt, asOf, format)),
    whoHelps(blocked, words),
  ]);
}
