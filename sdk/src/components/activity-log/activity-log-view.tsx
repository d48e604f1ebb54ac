'use client';
import type { Activity, Page } from '@usagekit/server/contract';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { PagedResource } from '../../hooks/base/use-pages.ts';
import { activityLogMessages } from '../../messages/activity/activity-log.ts';
import { grantsMessages } from '../../messages/credits/grants.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { eventWords } from './event-words.ts';

/** How the next page of a list is asked for. */
export type MorePages = Pick<
  PagedResource<Activity>,
  'hasMore' | 'isLoadingMore' | 'loadMoreError' | 'loadMore'
>;

export interface ActivityLogViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ more: false }`. */
  parts?: PartsOf<'ActivityLog'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Page<Activity>>;
  /** The next page; without it there is no button. */
  more?: MorePages | undefined;
  /** The account's time zone. */
  timeZone?: string | undefined;
}

/**
 * Purchases, adjustments and changes with their member and time, newest first. Renders a `section` with a list. Reads locale and
 * messages.
 */
export const ActivityLogView = asWidget(function ActivityLogView(props: ActivityLogViewProps) {
  const { resource, more, timeZone, parts, headingLevel = 2 } = props;
  const messages = useMessages('activityLog', activityLogMessages);
  const { source } = useMessages('grants', grantsMessages);
  const label = resource.data?.items.find(({ creditLabel }) => creditLabel)?.creditLabel;
  const format = useFormat(timeZone ?? resource.data?.timeZone, label);
  const words = { ...messages.event, grantSource: source };
  // Events that were stored before they had fields have an English sentence alone, which readers of other languages do not see.
  const oldWords = (kind: Activity['kind'], description: string) =>
    /^en\b/.test(format.locale) ? description : messages.kind[kind];
  return (
    <ResourceFrame
      name="activity-log"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2, 3].map((line) => <Skeleton key={line} height={32} before={14} />)}
    >
      {({ items }) => (
        <Card
          title={messages.title}
          headingLevel={headingLevel}
          side={
            resource.status === 'stale' && resource.asOf && <StaleNote asOf={resource.asOf} format={format} />
          }
        >
          {items.length === 0 ? (
            <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />
          ) : (
            <ul className="uk-list uk-activity">
              {items.map(({ id: key, kind, description, event, memberId, memberName, reason, at }) => (
                <li key={key} className="uk-activity-line" data-kind={kind}>
                  <p className="uk-text" dir="auto">
                    {unbroken(event ? eventWords(event, words, format) : oldWords(kind, description))}
                  </p>
                  {parts?.reason !== false && reason && reason !== description && (
                    <p className="uk-caption" dir="auto">
                      {reason}
                    </p>
                  )}
                  <p className="uk-caption">
                    {messages.kind[kind]}
                    {'\u00a0· '}
                    <time className="uk-run" dateTime={at}>
                      {unbroken(format.dateTime(at, resource.asOf))}
                    </time>
                    {parts?.memberId !== false &&
                      memberId &&
                      `\u00a0· ${messages.by(memberName ?? memberId)}`}
                  </p>
                </li>
              ))}
            </ul>
          )}
          {parts?.more !== false && more?.hasMore && (
            <p className="uk-activity-more">
              <LinkButton
                onClick={() => void more.loadMore()}
                aria-disabled={more.isLoadingMore || undefined}
              >
                {more.isLoadingMore ? messages.loadingMore : messages.more}
              </LinkButton>
            </p>
          )}
          {more?.loadMoreError && (
            <p className="uk-problem" role="alert">
              {messages.moreFailed}
            </p>
          )}
        </Card>
      )}
    </ResourceFrame>
  );
});
