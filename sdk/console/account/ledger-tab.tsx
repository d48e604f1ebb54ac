import { columnDecimals, createFormat } from '@usagekit/react';
import type { Account, LedgerEntry } from '@usagekit/server/contract';
import { useState } from 'react';
import { ExplainDialog } from '../actions/explain-dialog.tsx';
import { operator } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { Instant } from '../parts/instant.tsx';
import { type Column, List } from '../parts/list.tsx';
import { Empty } from '../parts/states.tsx';

interface LedgerTabProps {
  account: Account;
  changes: number;
  onChange: () => void;
}

const format = createFormat();

/** All ledger entries, newest first. Each can be explained. */
export function LedgerTab({ account, changes, onChange }: LedgerTabProps) {
  const [explained, setExplained] = useState<string>();
  const pages = usePages<LedgerEntry>(
    account.id,
    (cursor, signal) =>
      operator.ledger(account.id, { limit: 50, ...(cursor === undefined ? {} : { cursor }) }, { signal }),
    { changes },
  );
  const amountDecimals = columnDecimals(pages.items.map(({ amount }) => amount));
  const balanceDecimals = columnDecimals(pages.items.map(({ balanceAfter }) => balanceAfter));
  const columns: readonly Column<LedgerEntry>[] = [
    { name: 'When', cell: ({ effectiveAt }) => <Instant at={effectiveAt} timeZone={account.timeZone} /> },
    { name: 'Kind', cell: ({ kind }) => kind.replace('_', ' ') },
    { name: 'What for', kind: 'wide', cell: ({ description }) => <bdi>{description}</bdi> },
    {
      name: 'Amount',
      kind: 'figure',
      cell: ({ amount, unit }) => (
        <span title={`${amount} ${unit}`} data-sign={amount.startsWith('-') ? 'minus' : 'plus'}>
          {format.signed(amount, unit, amountDecimals).text}
        </span>
      ),
    },
    {
      name: 'Balance after',
      kind: 'figure',
      cell: ({ balanceAfter, unit }) => (
        <span title={balanceAfter}>{format.amount(balanceAfter, unit, balanceDecimals).text}</span>
      ),
    },
    {
      name: 'Actions',
      kind: 'actions',
      cell: ({ id, description }) => (
        <button
          type="button"
          className="button small"
          aria-label={`Explain ${description}`}
          onClick={() => setExplained(id)}
        >
          Explain
        </button>
      ),
    },
  ];
  return (
    <section aria-label="Ledger">
      <List
        label="Ledger"
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          <Empty title="Nothing has moved the balance yet">
            Grants, charges and corrections will stand here.
          </Empty>
        }
      />
      {explained !== undefined && (
        <ExplainDialog
          account={account}
          entryId={explained}
          onVoided={() => {
            setExplained(undefined);
            onChange();
          }}
          onClose={() => setExplained(undefined)}
        />
      )}
    </section>
  );
}
