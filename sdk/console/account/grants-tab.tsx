import { columnDecimals, createFormat } from '@usagekit/react';
import type { Account, Grant } from '@usagekit/server/contract';
import { operator } from '../api/client.ts';
import { useLoad } from '../api/use-load.ts';
import { Instant } from '../parts/instant.tsx';
import { type Column, List } from '../parts/list.tsx';
import { Empty } from '../parts/states.tsx';

const format = createFormat();

/** The grants of the balance in burn order, and the debt. */
export function GrantsTab({ account, changes }: { account: Account; changes: number }) {
  const credits = useLoad(account.id, (signal) => operator.credits(account.id, { signal }), changes);
  const { data } = credits;
  const inColumn = (of: 'remaining' | 'held' | 'amount') => {
    const decimals = columnDecimals((data?.grants ?? []).map((grant) => grant[of]));
    return (grant: Grant) => format.amount(grant[of], grant.unit, decimals).text;
  };
  const columns: readonly Column<Grant>[] = [
    { name: 'Grant', cell: ({ label }) => label },
    { name: 'Source', kind: 'wide', cell: ({ source }) => source.replace('_', ' ') },
    { name: 'Left', kind: 'figure', cell: inColumn('remaining') },
    { name: 'Held', kind: 'figure', cell: inColumn('held') },
    { name: 'Of', kind: 'figure', cell: inColumn('amount') },
    {
      name: 'Ends',
      cell: ({ expiresAt }) =>
        expiresAt === null ? 'never' : <Instant at={expiresAt} timeZone={account.timeZone} />,
    },
    { name: 'Priority', kind: 'wide', cell: ({ priority }) => priority },
  ];
  return (
    <section aria-label="Grants">
      {data && (
        <dl className="figures">
          <div>
            <dt>Available</dt>
            <dd title={data.available}>{format.amount(data.available, data.unit).text}</dd>
          </div>
          <div>
            <dt>Held</dt>
            <dd title={data.held}>{format.amount(data.held, data.unit).text}</dd>
          </div>
          <div>
            <dt>Owed</dt>
            <dd title={data.debt}>{format.amount(data.debt, data.unit).text}</dd>
          </div>
          <div>
            <dt>Spent this cycle</dt>
            <dd title={data.spentThisCycle}>{format.amount(data.spentThisCycle, data.unit).text}</dd>
          </div>
        </dl>
      )}
      <List
        label="Grants"
        pages={{
          items: data?.grants ?? [],
          error: credits.error,
          isLoading: credits.isLoading,
          more: undefined,
          reload: credits.reload,
        }}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty title="No live grant">What is granted next will stand here.</Empty>}
      />
    </section>
  );
}
