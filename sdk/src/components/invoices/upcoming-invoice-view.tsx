'use client';
import type { UpcomingInvoice } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import { exactMoney } from '../../format/exact-money.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import { invoicesMessages } from '../../messages/invoices/invoices.ts';
import type { Messages } from '../../messages/messages.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { overIcon, warningIcon } from '../parts/icons/level-icons.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import { Notice } from '../parts/widget/notice.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { quantityOf } from './line-words.ts';
import { subjectWords } from './subject-words.ts';

export interface UpcomingInvoiceViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ projected: false }`. */
  parts?: PartsOf<'UpcomingInvoice'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<UpcomingInvoice>;
}

/**
 * The upcoming invoice: its lines so far, its projected total with the name of the method, and the unpaid amount. Renders a
 * `section`. Reads locale and messages.
 */
export const UpcomingInvoiceView = asWidget(function UpcomingInvoiceView(props: UpcomingInvoiceViewProps) {
  const { resource, parts, headingLevel = 2 } = props;
  const messages = useMessages('invoices', invoicesMessages);
  const viewer = useFormat(resource.data?.invoice.timeZone);
  return (
    <ResourceFrame
      name="upcoming-invoice"
      what={messages.upcomingWhat}
      title={messages.upcomingTitle}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2, 3].map((line) => <Skeleton key={line} height={14} before={14} />)}
      stateOf={({ unpaid }) => (unpaid?.isPastDue ? 'past_due' : unpaid ? 'unpaid' : 'ready')}
    >
      {(upcoming) => {
        const format = viewer.inZone(upcoming.invoice.timeZone);
        const { invoice, projected, asOf } = upcoming;
        return (
          <Card
            title={messages.upcomingTitle}
            headingLevel={headingLevel}
            caption={projected && unbroken(messages.upcomingOn(format.date(projected.at, asOf)))}
            side={resource.status === 'stale' && <StaleNote asOf={asOf} format={viewer} />}
          >
            <div className="uk-invoice-upcoming">
              {parts?.unpaid !== false && <Unpaid upcoming={upcoming} format={format} messages={messages} />}
              {parts?.lines === false ? null : invoice.lines.length === 0 ? (
                <p className="uk-text">{messages.nothing}</p>
              ) : (
                <Lines upcoming={upcoming} format={format} messages={messages} />
              )}
              {parts?.projected !== false && (
                <Projected upcoming={upcoming} format={format} messages={messages} />
              )}
            </div>
          </Card>
        );
      }}
    </ResourceFrame>
  );
});

interface PartProps {
  upcoming: UpcomingInvoice;
  format: Format;
  messages: Messages['invoices'];
}

function Unpaid({ upcoming: { unpaid }, format, messages }: PartProps) {
  if (!unpaid) return null;
  const words = unpaid.isPastDue ? messages.pastDue : messages.unpaid;
  return (
    <Notice tone={unpaid.isPastDue ? 'bad' : 'warning'} role={unpaid.isPastDue ? 'alert' : 'status'}>
      <Icon drawing={unpaid.isPastDue ? overIcon : warningIcon} />
      <div className="uk-notice-body">
        <p className="uk-strong">
          {words(exactMoney(unpaid.amountDue, format), unpaid.invoices, format.number(unpaid.invoices))}
        </p>
        {unpaid.actionUrl && (
          <p className="uk-run">
            <Button href={unpaid.actionUrl}>{messages.confirm}</Button>
          </p>
        )}
      </div>
    </Notice>
  );
}

function Lines({ upcoming: { invoice }, format, messages }: PartProps) {
  return (
    <dl className="uk-sum">
      {invoice.lines.map((line) => (
        <div key={line.id} className="uk-sum-line">
          <dt className="uk-muted">
            {unbroken(subjectWords(line, messages))}
            {unbroken(quantityOf(line, format, messages))}
          </dt>
          <dd className="uk-figures">{exactMoney(line.amount, format)}</dd>
        </div>
      ))}
      <div className="uk-sum-line uk-sum-total">
        <dt className="uk-strong">{messages.total}</dt>
        <dd className="uk-strong uk-figures">{exactMoney(invoice.total, format)}</dd>
      </div>
    </dl>
  );
}

function Projected({ upcoming: { projected }, format, messages }: PartProps) {
  if (!projected) return <p className="uk-caption">{messages.noProjection}</p>;
  return (
    <div className="uk-run">
      <p className="uk-sum-line">
        <span className="uk-strong">{messages.projected}</span>
        <span className="uk-strong uk-figures">{exactMoney(projected.total, format)}</span>
      </p>
      <p className="uk-caption">
        {projected.method === 'daily_rate'
          ? unbroken(messages.byDailyRate(exactMoney(projected.overage, format)))
          : messages.noOverage}
      </p>
    </div>
  );
}
