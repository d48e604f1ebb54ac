'use client';
import type { ConnectedBrowser } from '@usagekit/server/contract';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useConnectedBrowsers } from '../../hooks/pairings/use-connected-browsers.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { ConnectedBrowsersView, type ConnectedBrowsersViewProps } from './connected-browsers-view.tsx';

export interface ConnectedBrowsersProps extends Omit<ConnectedBrowsersViewProps, 'resource' | 'actions'> {
  /** Browsers that the host already has; nothing is fetched then, and none can be disconnected. */
  data?: ConnectedBrowser[] | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * Connected browsers, each with a way to disconnect it. Renders a `section` with
 * `data-widget="connected-browsers"`. Reads `data`, or `GET /v1/accounts/{id}/connected-browsers` through `useConnectedBrowsers`.
 */
export const ConnectedBrowsers = asWidget(function ConnectedBrowsers({
  data,
  accountId,
  ...view
}: ConnectedBrowsersProps) {
  return data ? (
    <ConnectedBrowsersView {...view} resource={resourceOf({ items: data, nextCursor: null })} />
  ) : (
    <ReadBrowsers {...view} accountId={accountId} />
  );
});

function ReadBrowsers({ accountId, ...view }: Omit<ConnectedBrowsersProps, 'data'>) {
  const browsers = useConnectedBrowsers({ accountId });
  return <ConnectedBrowsersView {...view} resource={browsers} actions={browsers} />;
}
