'use client';
import type { ExplainedInvoiceLine, Invoice, InvoicedUse, InvoiceLine } from '@usagekit/server/contract';
import { useId, useState } from 'react';
import type { Format } from '../../format/create-format.ts';
import { exactColumnDecimals } from '../../format/exact-column-decimals.ts';
import { exactMoney } from '../../format/exact-money.ts';
import { useInvoiceLine } from '../../hooks/invoices/use-invoice-line.ts';
import { invoiceLinesMessages } from '../../messages/invoices/invoice-lines.ts';
import type { Messages } from '../../messages/messages.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { Dialog } from '../parts/controls/dialog.tsx';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import { facts } from '../parts/words/facts.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { ErrorState } from '../states/error-state.tsx';
import { quantityOf } from './line-words.ts';
import { subjectWords } from './subject-words.ts';

export interface InvoiceLinesProps {
  invoice: Invoice;
  accountId?: string | undefined;
  /** Whether each line can be explained by the server. */
  canExplain: boolean;
  /** In the invoice's time zone. */
  format: Format;
  /** Of the invoices. */
  words: Messages['invoices'];
  onClose: () => void;
}

const usesAtOnce = 50;

/**
 * The lines of an invoice and their sum; each line tells how its amount came about, down to the uses that it bills. Renders a
 * modal `dialog`. Reads `GET /v1/accounts/{id}/invoices/{invoiceId}/lines/{lineId}` for a line that is explained.
 */
export function InvoiceLines({ invoice, accountId, canExplain, format, words, onClose }: InvoiceLinesProps) {
  const messages = useMessages('invoiceLines', invoiceLinesMessages);
  return (
    <Dialog kind="drawer" title={messages.title(invoice.number ?? invoice.id)} onClose={onClose}>
      <dl className="uk-sum">
        {invoice.lines.map((line) => (
          <Line
            key={line.id}
            {...{ line, accountId, canExplain, format, words, messages }}
            invoice={invoice}
          />
        ))}
        <div className="uk-sum-line uk-sum-total">
          <dt className="uk-strong">{messages.total}</dt>
          <dd className="uk-strong uk-figures">{exactMoney(invoice.total, format)}</dd>
        </div>
      </dl>
    </Dialog>
  );
}

interface LineProps extends Pick<InvoiceLinesProps, 'accountId' | 'canExplain' | 'format' | 'words'> {
  invoice: Invoice;
  line: InvoiceLine;
  messages: Messages['invoiceLines'];
}

function Line(props: LineProps) {
  const { line, canExplain, format, words, messages } = props;
  const [isOpen, setOpen] = useState(false);
  const explanationId = useId();
  const subject = subjectWords(line, words);
  return (
    <div className="uk-sum-line">
      <dt className="uk-muted">
        {unbroken(subject)}
        {unbroken(quantityOf(line, format, words))}
      </dt>
      <dd className="uk-figures">{exactMoney(line.amount, format)}</dd>
      {canExplain && (
        <dd className="uk-line-explain">
          <Button
            kind="quiet"
            aria-label={messages.explainLine(subject)}
            aria-expanded={isOpen}
            aria-controls={isOpen ? explanationId : undefined}
            onClick={() => setOpen(!isOpen)}
          >
            {messages.explain}
          </Button>
          {isOpen && (
            <div id={explanationId} className="uk-line-explanation">
              <Explained {...props} />
            </div>
          )}
        </dd>
      )}
    </div>
  );
}

function Explained({ invoice, line, accountId, format, messages }: LineProps) {
  const [limit, setLimit] = useState(usesAtOnce);
  const { data, error, refresh } = useInvoiceLine(invoice.id, line.id, { accountId, limit });
  if (!data) {
    if (error) return <ErrorState what={messages.what} error={error} onRetry={refresh} />;
    return <Skeleton height={48} />;
  }
  const isOfUse = line.metric !== null;
  // Those that are found may be fewer than were asked for and still not all: the server looks through so many at a time.
  const hasMore = data.uses.nextCursor !== null;
  return (
    <>
      {sentencesOf(data, format, messages).map((sentence) => (
        <p key={sentence} className="uk-text">
          {unbroken(sentence)}
        </p>
      ))}
      {isOfUse && data.uses.items.length === 0 && !hasMore && <p className="uk-caption">{messages.noUses}</p>}
      {data.uses.items.length > 0 && <Uses {...{ invoice, line, format, messages }} uses={data.uses.items} />}
      {hasMore && (
        <Button kind="quiet" onClick={() => setLimit(Math.max(limit, data.uses.items.length) * 2)}>
          {messages.moreUses}
        </Button>
      )}
      {!data.isComplete && <p className="uk-caption">{messages.incomplete}</p>}
    </>
  );
}

function sentencesOf(
  { line, price, of }: ExplainedInvoiceLine,
  format: Format,
  messages: Messages['invoiceLines'],
): string[] {
  const { share, kind, rate } = line;
  // A rate stands next to the quantity.
  const sentences = price !== null && rate === null ? [messages.byQuantity] : [];
  if (of !== null && kind === 'tax') sentences.push(messages.taxed(exactMoney(of, format)));
  else if (of !== null && share !== null)
    sentences.push(
      messages.share(format.number(share.part), format.number(share.of), exactMoney(of, format)),
    );
  if (sentences.length === 0 && line.metric === null) sentences.push(messages.fixed);
  return sentences;
}

interface UsesProps extends Pick<LineProps, 'invoice' | 'line' | 'format' | 'messages'> {
  uses: InvoicedUse[];
}

function Uses({ uses, invoice, line, format, messages }: UsesProps) {
  const { unit } = line;
  const quantities = uses.map(({ quantity }) => quantity);
  const decimals = exactColumnDecimals(quantities);
  return (
    <>
      <p className="uk-strong">{messages.uses}</p>
      <ul className="uk-list">
        {uses.map(({ usageId, at, quantity, memberId, memberName = memberId, taskId, taskName }) => (
          <li key={usageId} className="uk-sum-line">
            <span className="uk-caption">
              {facts(format.dateTime(at, invoice.periodEndsAt), memberName, taskName ?? taskId)}
            </span>
            <bdi className="uk-figures">
              {format.amount(quantity, unit ?? '', decimals).exact.replace('-', '−')}
            </bdi>
          </li>
        ))}
      </ul>
    </>
  );
}
