'use client';
import type { ConnectedBrowser, Page } from '@usagekit/server/contract';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { ConnectedBrowsers } from '../../hooks/pairings/use-connected-browsers.ts';
import { connectedBrowsersMessages } from '../../messages/pairings/connected-browsers.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { facts } from '../parts/words/facts.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';

/** The actions of the list. */
export type BrowserActions = Pick<
  ConnectedBrowsers,
  'disconnect' | 'disconnecting' | 'disconnectError' | 'hasMore' | 'isLoadingMore' | 'loadMore'
>;

export interface ConnectedBrowsersViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ actions: false }`. */
  parts?: PartsOf<'ConnectedBrowsers'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Page<ConnectedBrowser>>;
  /** Without them the list has no buttons. */
  actions?: BrowserActions | undefined;
  /** The member who reads; another member's browser says whose it is. */
  memberId?: string | undefined;
  /** The account's time zone. */
  timeZone?: string | undefined;
}

/**
 * Browsers with when each was connected and used last, and the button that ends it. Renders a `section` with a list. Reads locale
 * and messages.
 */
export const ConnectedBrowsersView = asWidget(function ConnectedBrowsersView(
  props: ConnectedBrowsersViewProps,
) {
  const { resource, actions, memberId, timeZone, parts, headingLevel = 2 } = props;
  const messages = useMessages('connectedBrowsers', connectedBrowsersMessages);
  const format = useFormat(timeZone ?? resource.data?.timeZone);
  return (
    <ResourceFrame
      name="connected-browsers"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2].map((line) => <Skeleton key={line} height={32} before={14} />)}
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
              {items.map((browser) => (
                <li key={browser.id} className="uk-activity-line uk-browser">
                  <div className="uk-browser-text">
                    <p className="uk-text" dir="auto">
                      {browser.browser}
                    </p>
                    <p className="uk-caption">
                      {facts(
                        browser.memberId !== memberId && (browser.memberName ?? browser.memberId),
                        parts?.connectedAt !== false &&
                          messages.connected(format.day(browser.connectedAt, resource.asOf)),
                        parts?.usedAt !== false && messages.used(format.day(browser.usedAt, resource.asOf)),
                      )}
                    </p>
                  </div>
                  {actions && parts?.actions !== false && (
                    <Button
                      onClick={() => void actions.disconnect(browser.id)}
                      aria-label={
                        actions.disconnecting === browser.id
                          ? undefined
                          : messages.disconnectNamed(browser.browser)
                      }
                      aria-disabled={actions.disconnecting !== undefined || undefined}
                    >
                      {actions.disconnecting === browser.id ? messages.disconnecting : messages.disconnect}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
          {actions?.disconnectError && (
            <p className="uk-problem" role="alert">
              {messages.failed}
            </p>
          )}
          {parts?.more !== false && actions?.hasMore && (
            <p className="uk-activity-more">
              <LinkButton
                onClick={() => void actions.loadMore()}
                aria-disabled={actions.isLoadingMore || undefined}
              >
                {actions.isLoadingMore ? messages.loadingMore : messages.more}
              </LinkButton>
            </p>
          )}
        </Card>
      )}
    </ResourceFrame>
  );
});
