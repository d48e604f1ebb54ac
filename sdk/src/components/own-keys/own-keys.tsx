'use client';
import type { KeyProviders } from '../../derive/own-keys/key-providers.ts';
import { resourceOf } from '../../hooks/base/resource.ts';
import { useOwnKeys } from '../../hooks/own-keys/use-own-keys.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { OwnKeysView, type OwnKeysViewProps } from './own-keys-view.tsx';

export interface OwnKeysProps extends Omit<OwnKeysViewProps, 'resource' | 'actions'> {
  /** Providers that the host already has; nothing is fetched then, and no key can be removed. */
  data?: KeyProviders | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * The account's own keys at providers of models: what each covers, and whose models are billed here. Renders a `section` with
 * `data-widget="own-keys"`. Reads `data`, or models and own keys through `useOwnKeys`.
 */
export const OwnKeys = asWidget(function OwnKeys({ data, accountId, ...view }: OwnKeysProps) {
  return data ? (
    <OwnKeysView {...view} resource={resourceOf(data)} />
  ) : (
    <ReadOwnKeys {...view} accountId={accountId} />
  );
});

function ReadOwnKeys({ accountId, ...view }: Omit<OwnKeysProps, 'data'>) {
  const keys = useOwnKeys({ accountId });
  return <OwnKeysView {...view} resource={keys} actions={keys} />;
}
