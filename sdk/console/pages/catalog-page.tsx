import type { CatalogVersion } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { useState } from 'react';
import { operator } from '../api/client.ts';
import { useLoad } from '../api/use-load.ts';
import { usePages } from '../api/use-pages.ts';
import { ChangeForm } from '../parts/change-form.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Heading } from '../parts/heading.tsx';
import { Instant } from '../parts/instant.tsx';
import { type Column, List } from '../parts/list.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';

/** Every version of the catalog, what each says, and the way back to one. */
export function CatalogPage() {
  const [shown, setShown] = useState<number>();
  const [restored, setRestored] = useState<number>();
  const versions = usePages<CatalogVersion>('versions', (cursor, signal) =>
    operator.request({ path: paths.catalogVersions, query: { limit: 20, cursor }, signal }),
  );
  const columns: readonly Column<CatalogVersion>[] = [
    {
      name: 'Version',
      cell: ({ version, isLatest }) => (
        <>
          {version} {isLatest && <span className="pill">latest</span>}
        </>
      ),
    },
    { name: 'Put', cell: ({ createdAt }) => <Instant at={createdAt} /> },
    {
      name: 'Actions',
      kind: 'actions',
      cell: ({ version, isLatest }) => (
        <>
          <button
            type="button"
            className="button small"
            aria-label={`Show version ${version}`}
            onClick={() => setShown(version)}
          >
            Show
          </button>{' '}
          {!isLatest && (
            <button
              type="button"
              className="button small"
              aria-label={`Restore version ${version}`}
              onClick={() => setRestored(version)}
            >
              Restore
            </button>
          )}
        </>
      ),
    },
  ];
  return (
    <>
      <Heading title="Catalog" />
      <List
        label="Versions of the catalog"
        pages={versions}
        columns={columns}
        keyOf={({ version }) => String(version)}
        empty={<Empty title="No catalog yet">PUT /v1/catalog puts one.</Empty>}
      />
      {shown !== undefined && <VersionDialog version={shown} onClose={() => setShown(undefined)} />}
      {restored !== undefined && (
        <Dialog title={`Restore version ${restored} of the catalog`} onClose={() => setRestored(undefined)}>
          <ChangeForm
            action={`Restore version ${restored}`}
            kind="danger"
            onCancel={() => setRestored(undefined)}
            onDone={() => {
              setRestored(undefined);
              versions.reload();
            }}
            send={() => operator.request({ method: 'POST', path: paths.restoreCatalog(String(restored)) })}
          >
            <p>
              What it says becomes the latest version, for every new subscription and for prices from now on.
              Subscriptions stay on the version that they were made under until they are moved.
            </p>
          </ChangeForm>
        </Dialog>
      )}
    </>
  );
}

function VersionDialog({ version, onClose }: { version: number; onClose: () => void }) {
  const stored = useLoad(String(version), (signal) =>
    operator.request({ path: paths.catalogVersion(String(version)), signal }),
  );
  return (
    <Dialog title={`Version ${version} of the catalog`} onClose={onClose}>
      {stored.data === undefined ? (
        stored.error === undefined ? (
          <Loading what="the version" />
        ) : (
          <Failed error={stored.error} onRetry={stored.reload} />
        )
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <pre className="code" tabIndex={0}>
          {JSON.stringify(stored.data.config, null, 2)}
        </pre>
      )}
    </Dialog>
  );
}
