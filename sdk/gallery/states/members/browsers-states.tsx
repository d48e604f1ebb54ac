import type { ReactElement } from 'react';
import { UsageKitError } from '../../../src/client/usagekit-error.ts';
import { ConnectBrowser, ConnectBrowserView } from '../../../src/components/connect-browser/index.ts';
import {
  ConnectedBrowsers,
  ConnectedBrowsersView,
} from '../../../src/components/connected-browsers/index.ts';
import { deriveResource, resourceOf } from '../../../src/hooks/base/resource.ts';
import { browsers, pairing } from '../../fixtures/browsers.ts';
import { asOf } from '../../fixtures/credits.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const connect = (state: string, element: ReactElement): GalleryState => ({
  widget: 'ConnectBrowser',
  state,
  element,
});
const connected = (state: string, element: ReactElement): GalleryState => ({
  widget: 'ConnectedBrowsers',
  state,
  element,
});

const unknown = deriveResource<typeof pairing>({
  data: undefined,
  error: new UsageKitError({ code: 'not_found', message: 'Not found', status: 404 }),
});
const actions = {
  disconnect: async () => {},
  disconnecting: undefined,
  disconnectError: undefined,
  hasMore: true,
  isLoadingMore: false,
  loadMore: async () => {},
};
const list = resourceOf({ items: browsers, nextCursor: null });

export const browsersStates: GalleryState[] = [
  connect('question', <ConnectBrowser data={pairing} />),
  connect('question of a program', <ConnectBrowser data={{ ...pairing, origin: null }} />),
  connect('connecting', <ConnectBrowserView resource={resourceOf(pairing)} deciding="approve" />),
  connect(
    'failed to connect',
    <ConnectBrowserView
      resource={resourceOf(pairing)}
      decisionError={new UsageKitError({ code: 'network_error', message: 'Offline' })}
    />,
  ),
  connect('connected', <ConnectBrowser data={{ ...pairing, status: 'approved' }} />),
  connect('refused', <ConnectBrowser data={{ ...pairing, status: 'denied' }} />),
  connect('asks for a code', <ConnectBrowser />),
  connect('code not known', <ConnectBrowserView resource={unknown} onOtherCode={() => {}} />),
  connect('loading', <ConnectBrowserView resource={loading()} />),
  connect('error', <ConnectBrowserView resource={failed()} />),
  connect('not permitted', <ConnectBrowserView resource={notPermitted()} />),
  connected('two browsers', <ConnectedBrowsersView resource={list} actions={actions} memberId="ada" />),
  connected(
    'one is disconnected',
    <ConnectedBrowsersView resource={list} actions={{ ...actions, disconnecting: 'key-1' }} memberId="ada" />,
  ),
  connected('empty', <ConnectedBrowsers data={[]} />),
  connected('loading', <ConnectedBrowsersView resource={loading()} />),
  connected('stale', <ConnectedBrowsersView resource={stale({ items: browsers, nextCursor: null, asOf })} />),
  connected('error', <ConnectedBrowsersView resource={failed()} />),
  connected('not permitted', <ConnectedBrowsersView resource={notPermitted()} />),
];
