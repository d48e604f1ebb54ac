'use client';
import type { Pairing } from '@usagekit/server/contract';
import { useState } from 'react';
import { resourceOf } from '../../hooks/base/resource.ts';
import { usePairing } from '../../hooks/pairings/use-pairing.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { CodeForm } from './code-form.tsx';
import { ConnectBrowserView, type ConnectBrowserViewProps } from './connect-browser-view.tsx';

export interface ConnectBrowserProps
  extends Omit<
    ConnectBrowserViewProps,
    'resource' | 'deciding' | 'decisionError' | 'onDecide' | 'onOtherCode'
  > {
  /** The code of the page's address, `?code=`; where there is none, the widget asks for it. */
  code?: string | null | undefined;
  /** A request that the host already has; nothing is fetched then. */
  data?: Pairing | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * The page to which a browser's extension leads: who asks, for what, and the button that connects it. Renders a `section` with
 * `data-widget="connect-browser"`. Reads `data`, or `GET /v1/pairings/{code}` through `usePairing`.
 *
 * @example
 * <ConnectBrowser code={new URLSearchParams(location.search).get('code')} />
 */
export const ConnectBrowser = asWidget(function ConnectBrowser({
  code: given,
  data,
  accountId,
  ...view
}: ConnectBrowserProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const code = typed ?? given ?? '';
  if (data) return <ConnectBrowserView {...view} resource={resourceOf(data)} />;
  if (code === '') return <CodeForm {...view} onCode={setTyped} />;
  return (
    <AskedBrowser {...view} key={code} code={code} accountId={accountId} onOtherCode={() => setTyped('')} />
  );
});

interface AskedBrowserProps extends Omit<ConnectBrowserProps, 'data' | 'code'> {
  code: string;
  onOtherCode: () => void;
}

function AskedBrowser({ code, accountId, onOtherCode, ...view }: AskedBrowserProps) {
  const { resource, deciding, decisionError, decide } = usePairing(code, { accountId });
  return (
    <ConnectBrowserView
      {...view}
      resource={resource}
      deciding={deciding}
      decisionError={decisionError}
      onDecide={decide}
      onOtherCode={onOtherCode}
    />
  );
}
