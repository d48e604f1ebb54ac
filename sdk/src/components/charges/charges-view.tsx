'use client';
import type { Charge, ChargeStatus, Page } from '@usagekit/server/contract';
import { signOf } from '../../derive/sign-of.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { PagedResource } from '../../hooks/base/use-pages.ts';
import { invoicesMessages } from '../../messages/invoices/invoices.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { MoreLine } from '../invoices/more-line.tsx';
import { Button } from '../parts/controls/button.tsx';
import { overIcon, warningIcon } from '../parts/icons/level-icons.ts';
import { checkIcon, clockIcon } from '../parts/icons/state-icons.ts';
import { asWidget, usePartClass } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { StatusPill, type StatusPillProps } from '../parts/words/status-pill.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';

export interface ChargesViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ more: false }`. */
  parts?: PartsOf<'Charges'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Page<Charge>>;
  /** The next page; without it there is no button. */
  more?: Omit<PagedResource<Charge>, keyof Resource<unknown>> | undefined;
  /** The account's time zone. */
  timeZone?: string | undefined;
}

const pills: Record<ChargeStatus, Omit<StatusPillProps, 'children'>> = {
  ordered: { tone: 'info', icon: clockIcon },
  settling: { tone: 'info', icon: clockIcon },
  needs_action: { tone: 'warning', icon: warningIcon },
  succeeded: { tone: 'good', icon: checkIcon },
  failed: { tone: 'bad', icon: overIcon },
};

/** Charges, newest first. Renders a `section` with a list. Reads locale and messages. */
export const ChargesView = asWidget(function ChargesView(props: ChargesViewProps) {
  const { resource, more, timeZone, parts, headingLevel = 2 } = props;
  const messages = useMessages('invoices', invoicesMessages);
  const format = useFormat(timeZone ?? resource.data?.timeZone);
  const partClass = usePartClass();
  return (
    <ResourceFrame
      name="charges"
      what={messages.chargesWhat}
      title={messages.chargesTitle}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2, 3].map((line) => <Skeleton key={line} height={32} before={14} />)}
    >
      {({ items }) => (
        <Card
          title={messages.chargesTitle}
          headingLevel={headingLevel}
          side={
            resource.status === 'stale' && resource.asOf && <StaleNote asOf={resource.asOf} format={format} />
          }
        >
          {items.length === 0 ? (
            <EmptyState title={messages.chargesEmptyTitle} detail={messages.chargesEmptyDetail} />
          ) : (
            <ul className="uk-list uk-invoices">
              {items.map(
                ({
                  id,
                  status,
                  amount,
                  refunded,
                  disputes = [],
                  purpose,
                  subject,
                  failure,
                  actionUrl,
                  createdAt,
                }) => (
                  <li key={id} className="uk-invoice" data-status={status}>
                    <div className="uk-invoice-what">
                      <p className="uk-text" dir="auto">
                        {messages.chargeFor[purpose](subject)}
                      </p>
                      <p className="uk-caption">
                        <bdi className="uk-run">
                          <time className="uk-run" dateTime={createdAt}>
                            {format.dateTime(createdAt, resource.asOf)}
                          </time>
                        </bdi>
                        {parts?.refunded !== false && signOf(refunded.amount) > 0 && (
                          <>
                            {'\u00a0· '}
                            <bdi className="uk-run">
                              {messages.refunded(format.amount(refunded.amount, refunded.currency).exact)}
                            </bdi>
                          </>
                        )}
                      </p>
                      {parts?.disputes !== false &&
                        disputes.map((dispute) => (
                          <p key={dispute.openedAt} className="uk-caption" data-dispute={dispute.status}>
                            {messages.dispute[dispute.status](
                              format.amount(dispute.amount.amount, dispute.amount.currency).exact,
                            )}
                          </p>
                        ))}
                      {parts?.failure !== false && status === 'failed' && failure && (
                        <p className="uk-problem">{messages.chargeFailed(failure)}</p>
                      )}
                    </div>
                    {disputes.some((dispute) => dispute.status === 'open') ? (
                      <StatusPill tone="warning" icon={warningIcon}>
                        {messages.disputed}
                      </StatusPill>
                    ) : (
                      <StatusPill {...pills[status]}>{messages.chargeStatus[status]}</StatusPill>
                    )}
                    <bdi className="uk-figures uk-invoice-total">
                      {format.amount(amount.amount, amount.currency).exact}
                    </bdi>
                    {parts?.actions !== false && status === 'needs_action' && actionUrl && (
                      <div className={partClass('actions', 'uk-invoice-line')}>
                        <Button href={actionUrl}>{messages.confirm}</Button>
                      </div>
                    )}
                  </li>
                ),
              )}
            </ul>
          )}
          {parts?.more !== false && more && <MoreLine more={more} messages={messages} />}
        </Card>
      )}
    </ResourceFrame>
  );
});
