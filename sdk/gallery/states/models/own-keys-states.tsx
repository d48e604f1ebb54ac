import type { ReactElement } from 'react';
import { OwnKeys, OwnKeysView } from '../../../src/components/own-keys/index.ts';
import { resourceOf } from '../../../src/hooks/base/resource.ts';
import { asOf } from '../../fixtures/credits.ts';
import { keyFeatures, noOwnKeys, ownKeys } from '../../fixtures/own-keys.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const shown = (state: string, element: ReactElement): GalleryState => ({ widget: 'OwnKeys', state, element });

const actions = { changing: undefined, changeError: undefined, remove: async () => true };
const names = { acme: 'Acme', zenith: 'Zenith' };
const host = { features: keyFeatures, providerNames: names, onAdd: () => {} };

export const ownKeysStates: GalleryState[] = [
  shown('a key at one of two', <OwnKeysView {...host} resource={resourceOf(ownKeys)} actions={actions} />),
  shown('no keys yet', <OwnKeysView {...host} resource={resourceOf(noOwnKeys)} actions={actions} />),
  shown('without buttons', <OwnKeys data={ownKeys} />),
  shown('nothing', <OwnKeys data={{ items: [], asOf }} />),
  shown('loading', <OwnKeysView resource={loading()} />),
  shown('stale', <OwnKeysView {...host} resource={stale(ownKeys)} actions={actions} />),
  shown('error', <OwnKeysView resource={failed()} />),
  shown('not permitted', <OwnKeysView resource={notPermitted()} />),
];
