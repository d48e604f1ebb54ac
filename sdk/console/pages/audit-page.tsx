import type { AuditEntry } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { operator } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { Heading } from '../parts/heading.tsx';
import { Instant } from '../parts/instant.tsx';
import { type Column, List } from '../parts/list.tsx';
import { Empty } from '../parts/states.tsx';
import { linkTo } from '../place.ts';

const columns: readonly Column<AuditEntry>[] = [
  { name: 'When', cell: ({ at }) => <Instant at={at} /> },
  { name: 'Who', cell: ({ actor }) => <span className="mono whole">{actor.name}</span> },
  { name: 'What', cell: ({ action }) => <span className="breaks">{action}</span> },
  {
    name: 'Account',
    cell: ({ accountId }) =>
      accountId !== null && <a {...linkTo({ page: 'account', accountId, tab: 'ledger' })}>{accountId}</a>,
  },
  {
    name: 'Details',
    kind: 'wide',
    cell: ({ details }) =>
      Object.entries(details)
        .filter(([name, value]) => name !== 'accountId' && value !== '')
        .map(([name, value]) => `${name}: ${value}`)
        .join(', '),
  },
  { name: 'From', kind: 'wide', cell: ({ address }) => <span className="mono">{address}</span> },
  {
    name: 'Outcome',
    cell: ({ outcome }) => (
      <span className="pill" data-status={outcome}>
        {outcome}
      </span>
    ),
  },
];

export function AuditPage() {
  const pages = usePages<AuditEntry>('audit', (cursor, signal) =>
    operator.request({ path: paths.audit, query: { limit: 50, cursor }, signal }),
  );
  return (
    <>
      <Heading title="Audit" />
      <p className="lead">Who changed keys, the catalog and money by hand, and who signed in here.</p>
      <List
        label="Audit"
        pages={pages}
        columns={columns}
        keyOf={({ id }) => id}
        empty={<Empty title="Nothing was changed by hand yet" />}
      />
    </>
  );
}
