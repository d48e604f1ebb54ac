'use client';
import type { BillableLine, InvoiceBreakdown, Money, SubscriptionChange } from '@usagekit/server/contract';
import { signOf } from '../../derive/sign-of.ts';
import type { Format } from '../../format/create-format.ts';
import { exactMoney } from '../../format/exact-money.ts';
import { formatPeriod } from '../../format/format-period.ts';
import type { Messages } from '../../messages/messages.ts';
import { unbroken } from '../parts/words/unbroken.ts';

export interface ChangePreviewProps {
  change: SubscriptionChange;
  /** The name of a metric; its id by default. */
  labelOf?: ((metric: string) => string) | undefined;
  format: Format;
  messages: Messages['subscriptionChange'];
}

/** The effects of a change: its time, the lines due now, and the next charge. Renders text and a list of terms. */
export function ChangePreview({ change, labelOf = String, format, messages }: ChangePreviewProps) {
  const { takesEffect, effectiveAt, clears, credits, creditsEnding, creditLabel, blocks, asOf } = change;
  const blocked = blocks.length > 0 && new Intl.ListFormat(format.locale).format(blocks.map(labelOf));
  return (
    <>
      <p className="uk-text uk-strong">
        {takesEffect === 'now' ? messages.now : unbroken(messages.later(format.date(effectiveAt, asOf)))}
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
          <p className="uk-text">
            {unbroken(messages.addsCredits(format.amount(credits, creditLabel).exact))}
          </p>
        )}
        {creditsEnding && (
          <p className="uk-text">
            {unbroken(messages.endsCredits(format.amount(creditsEnding, creditLabel).exact))}
          </p>
        )}
        <Next change={change} format={format} messages={messages} />
      </div>
    </>
  );
}

/** The next charge, with what of it is tax and balance. */
function Next({ change: { next, asOf }, format, messages }: ChangePreviewProps) {
  if (!next) return <p className="uk-text">{messages.nextNothing}</p>;
  const parts = sumsOf(next.amountOf, messages).map(
    ({ label, amount }) => `${label} ${exactMoney(amount, format)}`,
  );
  return (
    <p className="uk-text">
      {unbroken(messages.next(exactMoney(next.amount, format), format.date(next.at, asOf)))}
      {parts.length > 0 &&
        ` ${unbroken(messages.nextIncludes(new Intl.ListFormat(format.locale).format(parts)))}`}
    </p>
  );
}

/** Taxes and balance, each with its name; what is 0 is left out. */
function sumsOf(sums: InvoiceBreakdown | undefined, messages: Messages['subscriptionChange']) {
  if (!sums) return [];
  const { taxes, balance } = sums;
  return [...taxes, { label: messages.balance, amount: balance }].filter(
    ({ amount }) => signOf(amount.amount) !== 0,
  );
}

/** The lines that are due at once, tax and balance, and their sum, so that it can be followed. */
function DueNow({ change, format, messages }: ChangePreviewProps) {
  const lines = change.lines.filter(({ due }) => due === 'now');
  const { dueNowOf, dueNowBy } = change;
  const sums = sumsOf(dueNowOf, messages);
  const sign = signOf(change.dueNow.amount);
  if (lines.length === 0 && sign === 0) return <p className="uk-text">{messages.dueNothing}</p>;
  return (
    <dl className="uk-sum">
      {lines.map((line) => (
        <SumLine
          key={`${line.kind} ${line.label} ${line.amount.amount} ${line.coversFrom}`}
          label={nameOf(line, format, messages)}
          amount={line.amount}
          format={format}
        />
      ))}
      {dueNowOf?.taxes[0] && <SumLine label={messages.beforeTax} amount={dueNowOf.net} format={format} />}
      {sums.map(({ label, amount }) => (
        <SumLine key={label} label={label} amount={amount} format={format} />
      ))}
      <div className="uk-sum-line uk-sum-total">
        <dt className="uk-strong">
          {sign < 0
            ? messages.givenBack
            : sign > 0 && dueNowBy === 'invoice'
              ? messages.invoicedNow
              : messages.dueNow}
        </dt>
        <dd className="uk-strong uk-figures">
          {exactMoney({ ...change.dueNow, amount: change.dueNow.amount.replace(/^-/, '') }, format)}
        </dd>
      </div>
    </dl>
  );
}

function SumLine({ label, amount, format }: { label: string; amount: Money; format: Format }) {
  return (
    <div className="uk-sum-line">
      <dt className="uk-muted">{label}</dt>
      <dd className="uk-figures">{exactMoney(amount, format)}</dd>
    </div>
  );
}

function nameOf(line: BillableLine, format: Format, messages: Messages['subscriptionChange']): string {
  const words = signOf(line.amount.amount) < 0 ? messages.creditBack : messages.covers;
  return unbroken(words(subjectOf(line, messages), formatPeriod(line.coversFrom, line.coversTo, format)));
}

function subjectOf({ kind, label }: BillableLine, messages: Messages['subscriptionChange']): string {
  if (label === null) return messages.dedicatedIps;
  if (kind === 'plan') return messages.plan(label);
  return kind === 'minimum' ? messages.minimum(label) : label;
}
