'use client';
import type { DecimalString, Instant, RecentChange } from '@usagekit/server/contract';
import { useState } from 'react';
import { signOf } from '../../derive/sign-of.ts';
import { columnDecimals } from '../../format/column-decimals.ts';
import type { Format } from '../../format/create-format.ts';
import { creditBalanceMessages } from '../../messages/credits/credit-balance.ts';
import { grantsMessages } from '../../messages/credits/grants.ts';
import type { Messages } from '../../messages/messages.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { usePartClass } from '../parts/widget/as-widget.tsx';
import { Amount } from '../parts/words/amount.tsx';
import { grantName } from './grant-name.ts';

export interface LedgerListProps {
  /** Newest first. A change with several entries opens them. */
  entries: RecentChange[];
  /** Writes figures and dates as the reader's language does. */
  format: Format;
  /** When they were read: an entry of another year tells its year. */
  asOf?: Instant | undefined;
  /** Entries shown; all by default. */
  countMax?: number | undefined;
  /** Of the amounts, where they go on a column that is there; what they need themselves by default. */
  decimals?: number | undefined;
  /** Opens an entry's task, where it has one. */
  onOpenTask?: ((taskId: string) => void) | undefined;
}

/** Changes of the balance with their signed amounts. Renders a list. Reads messages. */
export function LedgerList({
  entries,
  format,
  asOf,
  countMax = entries.length,
  onOpenTask,
  decimals: given,
}: LedgerListProps) {
  const partClass = usePartClass();
  const messages = useMessages('creditBalance', creditBalanceMessages);
  const names = useMessages('grants', grantsMessages);
  if (entries.length === 0) return <p className="uk-muted">{messages.recentNone}</p>;
  const shown = entries.slice(0, countMax);
  const decimals = given ?? columnDecimals(amountsOf(shown));
  return (
    <ul className="uk-list uk-ledger">
      {shown.map((entry) => {
        const kind = messages.ledgerKind[entry.kind];
        const { taskId } = entry;
        const description = whatOf(entry, format, messages, names) || kind;
        return (
          <li key={entry.id} className="uk-ledger-entry" data-kind={entry.kind}>
            <span className="uk-ledger-what" dir="auto">
              {taskId && onOpenTask ? (
                <button
                  type="button"
                  className={partClass('link', 'uk-link-plain')}
                  onClick={() => onOpenTask(taskId)}
                >
                  {description}
                </button>
              ) : (
                description
              )}
            </span>
            <span className="uk-caption uk-ledger-when">
              {description !== kind && `${kind}\u00a0· `}
              <time className="uk-run" dateTime={entry.effectiveAt}>
                {format.dateTime(entry.effectiveAt, asOf)}
              </time>
            </span>
            <span className="uk-ledger-amount" data-sign={signOf(entry.amount)}>
              <Amount value={format.signed(entry.amount, entry.unit, decimals)} />
            </span>
            {entry.entries && (
              <TaskEntries
                words={messages}
                entries={entry.entries}
                format={format}
                decimals={decimals}
                asOf={asOf}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Those of the bookkeeping too, which opens beneath an entry. */
const amountsOf = (entries: RecentChange[]): DecimalString[] =>
  entries.flatMap(({ amount, entries: own = [] }) => [amount, ...amountsOf(own)]);

interface TaskEntriesProps extends LedgerListProps {
  words: Messages['creditBalance'];
}

/** The bookkeeping of one task, for who asks. */
function TaskEntries({ words, ...list }: TaskEntriesProps) {
  const [isOpen, setOpen] = useState(false);
  const count = list.entries.length;
  return (
    <div className="uk-ledger-entries">
      <LinkButton data-muted aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {words.entries(count, list.format.number(count))}
      </LinkButton>
      {isOpen && <LedgerList {...list} />}
    </div>
  );
}

/** What an entry is about; empty where its kind says all. */
function whatOf(
  { description, more, grantSource: source, holdEnd, ...origin }: RecentChange,
  format: Format,
  messages: Messages['creditBalance'],
  names: Messages['grants'],
): string {
  if (holdEnd) return messages.holdEnd[holdEnd];
  if (source) return grantName({ label: null, source, ...origin }, names);
  if (description === null) return '';
  return more === undefined ? description : messages.andMore(description, more, format.number(more));
}
