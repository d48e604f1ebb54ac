import type { WebhookEndpoint } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { operator } from '../api/client.ts';
import { usePages } from '../api/use-pages.ts';
import { Heading } from '../parts/heading.tsx';
import { type Column, List } from '../parts/list.tsx';
import { NoticeList } from '../parts/notice-list.tsx';
import { Empty } from '../parts/states.tsx';

const columns: readonly Column<WebhookEndpoint>[] = [
  { name: 'Endpoint', cell: ({ id }) => <span className="mono">{id}</span> },
  { name: 'Address', cell: ({ url }) => <span className="mono">{url}</span> },
  { name: 'What for', kind: 'wide', cell: ({ label }) => label },
  { name: 'Types', kind: 'wide', cell: ({ types }) => (types === null ? 'all' : types.join(', ')) },
];

export function WebhooksPage() {
  const endpoints = usePages<WebhookEndpoint>('endpoints', (cursor, signal) =>
    operator.request({ path: paths.webhookEndpoints, query: { limit: 50, cursor }, signal }),
  );
  return (
    <>
      <Heading title="Webhooks" />
      <section aria-labelledby="endpoints">
        <h2 id="endpoints">Endpoints</h2>
        <List
          label="Endpoints"
          pages={endpoints}
          columns={columns}
          keyOf={({ id }) => id}
          empty={
            <Empty title="No endpoint yet">
              usagekit webhooks put, or PUT /v1/webhook-endpoints/{'{id}'}, adds one. Its secret is shown
              there alone.
            </Empty>
          }
        />
      </section>
      <h2>Notices</h2>
      <NoticeList />
    </>
  );
}
