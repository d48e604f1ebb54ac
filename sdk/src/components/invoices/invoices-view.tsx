'use client';
import type { Invoice, InvoiceStatus, Page } from '@usagekit/server/contract';
import { Suspense, useState } from 'react';
import { signOf } from '../../derive/sign-of.ts';
import type { Format } from '../../format/create-format.ts';
import { formatPeriod } from '../../format/format-period.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { PagedResource } from '../../hooks/base/use-pages.ts';
import type { InvoiceActions } from '../../hooks/invoices/use-invoice-actions.ts';
import type { PaymentSessionFlow } from '../../hooks/invoices/use-payment-session.ts';
import { invoicesMessages } from '../../messages/invoices/invoices.ts';
import type { Messages } from '../../messages/messages.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { downloadIcon } from '../parts/icons/download-icon.ts';
import { Icon } from '../parts/icons/icon.tsx';
import { overIcon } from '../parts/icons/level-icons.ts';
import { checkIcon, clockIcon, dashIcon } from '../parts/icons/state-icons.ts';
import { lazyPart } from '../parts/lazy-part.ts';
import { asWidget, usePartClass } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { facts } from '../parts/words/facts.tsx';
import { StatusPill, type StatusPillProps } from '../parts/words/status-pill.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { MoreLine } from './more-line.tsx';

const InvoiceLines = lazyPart(() => import('./invoice-lines.tsx'), 'InvoiceLines');

export interface InvoicesViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ exports: false }`. */
  parts?: PartsOf<'Invoices'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Page<Invoice>>;
  /** The next page; without it there is no button. */
  more?: Omit<PagedResource<Invoice>, keyof Resource<unknown>> | undefined;
  /** Paying and reading a PDF; without it there are no buttons. */
  actions?: InvoiceActions | undefined;
  /** Whether the caller may pay; false by default. */
  canPay?: boolean | undefined;
  /** Leads to the page on which a payment method is entered. */
  payment?: PaymentSessionFlow | undefined;
  /** Whose invoices they are, where a line is explained; the session's account by default. */
  accountId?: string | undefined;
  /** Saves a PDF or a CSV under a name. */
  onSave?: ((file: Blob, name: string) => void) | undefined;
}

const pills: Record<InvoiceStatus, Omit<StatusPillProps, 'children'>> = {
  draft: { tone: 'neutral' },
  open: { tone: 'info', icon: clockIcon },
  paid: { tone: 'good', icon: checkIcon },
  past_due: { tone: 'bad', icon: overIcon },
  void: { tone: 'neutral', icon: dashIcon },
  uncollectible: { tone: 'neutral', icon: dashIcon },
};

/**
 * Invoices and credit notes, newest first, each with its PDF; past-due ones in red with the way to pay. Renders a `section` with
 * a list. Reads locale and messages.
 */
export const InvoicesView = asWidget(function InvoicesView(props: InvoicesViewProps) {
  const { resource, more, parts, headingLevel = 2 } = props;
  const messages = useMessages('invoices', invoicesMessages);
  const format = useFormat(resource.data?.timeZone);
  const [opened, setOpened] = useState<Invoice>();
  return (
    <ResourceFrame
      name="invoices"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2, 3].map((line) => <Skeleton key={line} height={32} before={14} />)}
      stateOf={({ items }) => (items.some(({ status }) => status === 'past_due') ? 'past_due' : 'ready')}
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
            <ul className="uk-list uk-invoices">
              {items.map((invoice) => (
                <InvoiceLine
                  key={invoice.id}
                  actions={props.actions}
                  canPay={props.canPay}
                  payment={props.payment}
                  onSave={props.onSave}
                  parts={parts}
                  onOpen={setOpened}
                  invoice={invoice}
                  format={format.inZone(invoice.timeZone)}
                  messages={messages}
                />
              ))}
            </ul>
          )}
          {parts?.more !== false && more && <MoreLine more={more} messages={messages} />}
          {parts?.exports !== false && items.length > 0 && <Exports {...props} messages={messages} />}
          {opened && (
            <Suspense fallback={null}>
              <InvoiceLines
                invoice={opened}
                accountId={props.accountId}
                canExplain={props.actions !== undefined}
                format={format.inZone(opened.timeZone)}
                words={messages}
                onClose={() => setOpened(undefined)}
              />
            </Suspense>
          )}
        </Card>
      )}
    </ResourceFrame>
  );
});

const exportNames = { invoices: 'invoices.csv', lines: 'invoice-lines.csv' };

/** Saves all invoices, or all of their lines, as CSV. */
function Exports({
  actions,
  onSave,
  messages,
}: Pick<InvoicesViewProps, 'actions' | 'onSave'> & { messages: Messages['invoices'] }) {
  const partClass = usePartClass();
  if (!actions || !onSave) return null;
  const isLoading = actions.busy?.kind === 'export';
  const save = async (rows: 'invoices' | 'lines') => {
    const file = await actions.readCsv(rows);
    if (file) onSave(file, exportNames[rows]);
  };
  return (
    <div className={partClass('actions')}>
      <Button kind="quiet" aria-busy={isLoading || undefined} onClick={() => void save('invoices')}>
        <Icon drawing={downloadIcon} />
        {messages.csvInvoices}
      </Button>
      <Button kind="quiet" aria-busy={isLoading || undefined} onClick={() => void save('lines')}>
        <Icon drawing={downloadIcon} />
        {messages.csvLines}
      </Button>
      {actions.failed?.kind === 'export' && (
        <p className="uk-problem" role="alert">
          {messages.csvFailed}
        </p>
      )}
    </div>
  );
}

interface InvoiceLineProps
  extends Pick<InvoicesViewProps, 'actions' | 'canPay' | 'payment' | 'onSave' | 'parts'> {
  onOpen: (invoice: Invoice) => void;
  invoice: Invoice;
  format: Format;
  messages: Messages['invoices'];
}

function InvoiceLine(props: InvoiceLineProps) {
  const { invoice, actions, onSave, onOpen, parts, format, messages } = props;
  const { id, kind, number, correctsNumber, status, total, lines, issuedAt } = invoice;
  const { periodStartsAt, periodEndsAt } = invoice;
  const name = number ?? id;
  const isLoading = actions?.busy?.kind === 'download' && actions.busy.invoiceId === id;
  const hasFailed = actions?.failed?.kind === 'download' && actions.failed.invoiceId === id;
  return (
    <li className="uk-invoice" data-status={status}>
      <div className="uk-invoice-what">
        <p className="uk-text uk-strong">{kind === 'credit_note' ? messages.creditNote(name) : name}</p>
        {parts?.period !== false && (
          <p className="uk-caption">
            {facts(
              correctsNumber
                ? messages.corrects(correctsNumber)
                : // A purchase is of a moment: what was bought tells more than its day twice.
                  periodStartsAt === periodEndsAt
                  ? lines[0]?.subject
                  : formatPeriod(periodStartsAt, periodEndsAt, format),
              issuedAt && messages.issued(format.date(issuedAt, periodEndsAt)),
            )}
          </p>
        )}
      </div>
      {isCredited(invoice) ? (
        <StatusPill tone="neutral" icon={checkIcon}>
          {messages.credited}
        </StatusPill>
      ) : (
        <StatusPill {...pills[status]}>{messages.status[status]}</StatusPill>
      )}
      <bdi className="uk-figures uk-invoice-total">{format.amount(total.amount, total.currency).exact}</bdi>
      {parts?.lines !== false && (
        <Button kind="quiet" aria-label={messages.showLines(name)} onClick={() => onOpen(invoice)}>
          {messages.lines}
        </Button>
      )}
      {parts?.pdf !== false && actions && onSave && (
        <Button
          kind="quiet"
          aria-label={messages.downloadPdf(name)}
          aria-busy={isLoading || undefined}
          onClick={() => void actions.readPdf(invoice).then((file) => file && onSave(file, `${name}.pdf`))}
        >
          <Icon drawing={downloadIcon} />
          {isLoading ? messages.downloading : messages.pdf}
        </Button>
      )}
      {hasFailed && (
        <p className="uk-problem uk-invoice-line" role="alert">
          {messages.downloadFailed}
        </p>
      )}
      {parts?.amountDue !== false && <Owed {...props} />}
    </li>
  );
}

/** Money was given, or is not asked for any more, instead of paid: a credit note, or the whole of an invoice. */
const isCredited = ({ kind, status, total, amountCredited }: Invoice) =>
  kind === 'credit_note' ||
  (status === 'paid' && signOf(total.amount) > 0 && amountCredited.amount === total.amount);

/** The amount due, and the way to pay it. */
function Owed({ invoice, actions, canPay, payment, format, messages }: InvoiceLineProps) {
  const partClass = usePartClass();
  const { id, status, amountDue, dueAt, periodEndsAt } = invoice;
  if ((status !== 'open' && status !== 'past_due') || signOf(amountDue.amount) <= 0) return null;
  const amount = format.amount(amountDue.amount, amountDue.currency).exact;
  const isPastDue = status === 'past_due';
  const isPaying = actions?.busy?.kind === 'pay' && actions.busy.invoiceId === id;
  const failed =
    actions?.failed?.kind === 'pay' && actions.failed.invoiceId === id ? actions.failed : undefined;
  const charge = actions?.answer?.invoice.id === id ? actions.answer.charge : undefined;
  const words = isPastDue ? messages.wasDue : messages.due;
  return (
    <div className="uk-invoice-line uk-invoice-owed">
      {dueAt && (
        <p className={isPastDue ? 'uk-problem' : 'uk-caption'}>
          {unbroken(words(amount, format.date(dueAt, periodEndsAt)))}
        </p>
      )}
      {canPay && actions && (
        <div className={partClass('actions')}>
          {charge?.actionUrl ? (
            <Button kind="primary" href={charge.actionUrl}>
              {messages.confirm}
            </Button>
          ) : (
            <Button
              kind={isPastDue ? 'primary' : 'plain'}
              aria-busy={isPaying || undefined}
              aria-disabled={isPaying || undefined}
              onClick={() => void actions.pay(id)}
            >
              {isPaying ? messages.paying : messages.pay(amount)}
            </Button>
          )}
          {payment && (
            <Button kind="quiet" onClick={() => void payment.start()}>
              {messages.updateMethod}
            </Button>
          )}
        </div>
      )}
      {failed && (
        <p className="uk-problem" role="alert">
          {failed.error.code === 'payment_method_required'
            ? messages.needsMethod
            : failed.error.problem && !failed.error.retryable
              ? messages.payRefused()
              : messages.payFailed}
        </p>
      )}
      {charge?.status === 'failed' && (
        <p className="uk-problem" role="alert">
          {messages.payRefused(charge.failure ?? undefined)}
        </p>
      )}
      {(charge?.status === 'settling' || charge?.status === 'ordered') && (
        <p className="uk-caption" role="status">
          {messages.settling}
        </p>
      )}
    </div>
  );
}
