'use client';
import type { BillableLine, SubscriptionChange } from '@usagekit/server/contract';
import { signOf } from '../../derive/sign-of.ts';
import type { Format } from '../../format/create-format.ts';
import { formatPeriod } from '../../format/format-period.ts';
import type { Messages } from '../../messages/messages.ts';

export interface ChangePreviewProps {
  change: SubscriptionChange;
  /** The name of a metric; its id by default. */
  labelOf?: ((metric: string) => string) | undefined;
  format: Format;
  messages: Messages['subscriptionChange'];
}

/** The effects of a change: its time, the lines due now, and the next charge. Renders text and a list of terms. */
export function ChangePreview({ change, labelOf = String, format, messages }: ChangePreviewProps) {
  const { takesEffect, effectiveAt, next, clears, credits, creditLabel, blocks, asOf } = change;
  const blocked = blocks.length > 0 && new Intl.ListFormat(format.locale).format(blocks.map(labelOf));
  return (
    <>
      <p className="uk-text uk-strong">
        {takesEffect === 'now' ? messages.now : messages.later(format.date(effectiveAt, asOf))}
      </p>
      <DueNow change={change} format={format} messages={messages} />
      <div className="uk-purchase-what">
        {blocked && <p className="uk-problem">{messages.blocks(blocked)}</p>}
        {clears.map((each) => (
          <p key={each} className="uk-text">
            {messages.clears[each]}
          </p>
        ))}
        {signOf(credits) > 0 && (
          <p className="uk-text">{messages.addsCredits(format.amount(credits, creditLabel).exact)}</p>
        )}
        <p className="uk-text">
          {next
            ? messages.next(exactMoney(next.amount, format), format.date(next.at, asOf))
            : messages.nextNothing}
        </p>
      </div>
    </>
  );
}

/** The lines that are due at once and their sum, so that it can be followed. */
function DueNow({ change, format, messages }: ChangePreviewProps) {
  const lines = change.lines.filter(({ due }) => due === 'now');
  const sign = signOf(change.dueNow.amount);
  if (lines.length === 0 && sign === 0) return <p className="uk-text">{messages.dueNothing}</p>;
  return (
    <dl className="uk-sum">
      {lines.map((line) => (
        <div
          key={`${line.kind} ${line.label} ${line.amount.amount} ${line.coversFrom}`}
          className="uk-sum-line"
        >
          <dt className="uk-muted">{nameOf(line, format, messages)}</dt>
          <dd className="uk-figures">{exactMoney(line.amount, format)}</dd>
        </div>
      ))}
      <div className="uk-sum-line uk-sum-total">
        <dt className="uk-strong">{sign < 0 ? messages.givenBack : messages.dueNow}</dt>
        <dd className="uk-strong uk-figures">
          {exactMoney({ ...change.dueNow, amount: change.dueNow.amount.replace(/^-/, '') }, format)}
        </dd>
      </div>
    </dl>
  );
}

function nameOf(line: BillableLine, format: Format, messages: Messages['subscriptionChange']): string {
  const words = signOf(line.amount.amount) < 0 ? messages.creditBack : messages.covers;
  return words(subjectOf(line, messages), formatPeriod(line.coversFrom, line.coversTo, format));
}

function subjectOf({ kind, label }: BillableLine, messages: Messages['subscriptionChange']): string {
  if (label === null) return messages.dedicatedIps;
  if (kind === 'plan') return messages.plan(label);
  return kind === 'minimum' ? messages.minimum(label) : label;
}

/** Every digit of an amount. */
const exactMoney = ({ amount, currency }: SubscriptionChange['dueNow'], format: Format) =>
  format.amount(amount, currency).exact.replace('-', '−');
