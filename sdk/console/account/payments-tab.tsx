import { createFormat } from '@usagekit/react';
import type { Account, Charge, Invoice } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { useState } from 'react';
import { RefundDialog } from '../actions/refund-dialog.tsx';
import { operator } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { Instant } from '../parts/instant.tsx';
import { type Column, List } from '../parts/list.tsx';
import { Empty } from '../parts/states.tsx';

const format = createFormat();

interface PaymentsTabProps {
  account: Account;
  changes: number;
  onChange: () => void;
}

const invoiceColumns: readonly Column<Invoice>[] = [
  { name: 'Invoice', cell: ({ number }) => <span className="mono">{number}</span> },
  { name: 'Status', cell: ({ status }) => <span className="pill">{status.replace('_', ' ')}</span> },
  { name: 'Issued', cell: ({ issuedAt }) => (issuedAt === null ? '' : <Instant at={issuedAt} />) },
  { name: 'Total', kind: 'figure', cell: ({ total }) => format.money(total) },
  { name: 'Owed', kind: 'figure', cell: ({ amountDue }) => format.money(amountDue) },
];

/** Charges with their refundable rest, and invoices. */
export function PaymentsTab({ account, changes, onChange }: PaymentsTabProps) {
  const [refunded, setRefunded] = useState<Charge>();
  const charges = usePages<Charge>(
    account.id,
    (cursor, signal) =>
      operator.request({ path: paths.charges(account.id), query: { limit: 20, cursor }, signal }),
    { changes },
  );
  const invoices = usePages<Invoice>(
    account.id,
    (cursor, signal) =>
      operator.request({ path: paths.invoices(account.id), query: { limit: 20, cursor }, signal }),
    { changes },
  );
  const columns: readonly Column<Charge>[] = [
    { name: 'When', cell: ({ createdAt }) => <Instant at={createdAt} timeZone={account.timeZone} /> },
    { name: 'Status', cell: ({ status }) => <span className="pill">{status.replace('_', ' ')}</span> },
    { name: 'What for', kind: 'wide', cell: ({ description, failure }) => failure ?? description },
    { name: 'Amount', kind: 'figure', cell: ({ amount }) => format.money(amount) },
    {
      name: 'Given back',
      kind: 'figure',
      cell: ({ refunded: back }) => (Number(back.amount) === 0 ? '' : format.money(back)),
    },
    {
      name: 'Actions',
      kind: 'actions',
      cell: (charge) =>
        isRefundable(charge) && (
          <button
            type="button"
            className="button small"
            aria-label={`Refund ${format.money(charge.amount)}, ${charge.description}`}
            onClick={() => setRefunded(charge)}
          >
            Refund
          </button>
        ),
    },
  ];
  return (
    <>
      <section aria-labelledby="charges">
        <h2 id="charges">Charges</h2>
        <List
          label="Charges"
          pages={charges}
          columns={columns}
          keyOf={({ id }) => id}
          empty={<Empty title="Nothing was charged yet" />}
        />
      </section>
      <section aria-labelledby="invoices">
        <h2 id="invoices">Invoices</h2>
        <List
          label="Invoices"
          pages={invoices}
          columns={invoiceColumns}
          keyOf={({ id }) => id}
          empty={<Empty title="No invoices yet" />}
        />
      </section>
      {refunded && (
        <RefundDialog
          account={account}
          charge={refunded}
          onDone={() => {
            setRefunded(undefined);
            onChange();
          }}
          onClose={() => setRefunded(undefined)}
        />
      )}
    </>
  );
}

function isRefundable({ status, amount, refunded }: Charge): boolean {
  return status === 'succeeded' && Number(refunded.amount) < Number(amount.amount);
}
