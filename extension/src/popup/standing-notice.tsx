import type { Blocked } from '@usagekit/server/contract';
import { causePhrase } from '../core/badge.ts';
import { ownActionOf, whoHelps } from '../core/own-action.ts';
import { formatDistance, formatInstant, type ReaderFormat } from '../core/reader-format.ts';
import type { IconChoice } from '../core/settings.ts';
import { isFinal, type Standing } from '../core/standing.ts';
import { Notice } from '../pages/notice.tsx';

export interface StandingNoticeProps {
  standing: Standing;
  format: ReaderFormat;
  icon: IconChoice;
  onRetry(): void;
  /** Undefined where the product names no billing page. */
  onOpenBilling: (() => void) | undefined;
}

/** The event, its meaning and the one thing to do; nothing while all is well. */
export function StandingNotice({ standing, format, icon, onRetry, onOpenBilling }: StandingNoticeProps) {
  switch (standing.kind) {
    case 'error':
      return isFinal(standing.failure) ? (
        <Notice
          title="Not connected any more"
          action={
            <NoticeButton onClick={() => void chrome.runtime.openOptionsPage()} isPrimary>
              Connect again
            </NoticeButton>
          }
        >
          {standing.failure.message}
        </Notice>
      ) : (
        <Notice title="No figures yet" action={<NoticeButton onClick={onRetry}>Try again</NoticeButton>}>
          {standing.failure.message}
        </Notice>
      );
    case 'stale':
      return (
        <Notice
          title={`Figures from ${formatInstant(standing.asOfMs, format)}`}
          action={<NoticeButton onClick={onRetry}>Try again</NoticeButton>}
        >
          {standing.failure?.message}
        </Notice>
      );
    case 'blocked':
      return (
        <Notice
          tone="over"
          title={standing.blocked?.message ?? 'New work is paused.'}
          action={
            onOpenBilling &&
            whoHelps(standing.blocked) === null && (
              <NoticeButton onClick={onOpenBilling} isPrimary>
                {ownActionOf(standing.blocked)?.label ?? 'Open billing'}
              </NoticeButton>
            )
          }
        >
          {blockedDetail(standing.blocked, standing.summary.asOf, format)}
        </Notice>
      );
    case 'past_due':
      return (
        <Notice
          tone="over"
          title="A payment is due"
          action={
            onOpenBilling && (
              <NoticeButton onClick={onOpenBilling} isPrimary>
                Open billing
              </NoticeButton>
            )
          }
        >
          Settle it in billing so that work goes on.
        </Notice>
      );
    case 'low':
      return <Notice title={causePhrase(standing.summary, format, icon)} />;
    default:
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

function blockedDetail(blocked: Blocked | null, asOf: string, format: ReaderFormat): string | undefined {
  if (blocked === null) return undefined;
  const parts: string[] = [];
  if (blocked.resetsAt !== null) parts.push(`Resets ${formatDistance(blocked.resetsAt, asOf, format)}.`);
  const helper = whoHelps(blocked);
  if (helper !== null) parts.push(helper);
  return parts.length === 0 ? undefined : parts.join(' ');
}
