import '@usagekit/react/styles.css';
import '../pages/prepare-page.ts';
import './popup.css';
import { LocaleProvider } from '@usagekit/react/usage-panel/no-charts';
import { useEffect } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import { holdWatch } from '../chrome/hold-watch.ts';
import { readReaderFormat } from '../chrome/system-port.ts';
import type { ConnectionView } from '../core/connection.ts';
import type { ReaderFormat } from '../core/reader-format.ts';
import { parseBillingUrl } from '../core/server-address.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { decideStanding, type Standing } from '../core/standing.ts';
import { useExtensionState } from '../pages/use-extension-state.ts';
import { BalanceCard } from './balance-card.tsx';
import { MeterList } from './meter-list.tsx';
import { PopupFoot } from './popup-foot.tsx';
import { PopupHead } from './popup-head.tsx';
import { StandingNotice } from './standing-notice.tsx';
import { useAccountDetails } from './use-account-details.ts';
import { Welcome } from './welcome.tsx';

/** What the toolbar button opens: how the account stands, at a glance. */
export default function Popup() {
  const { state, isRefreshing, refresh } = useExtensionState();
  useEffect(() => holdWatch(), []);
  useAccountDetails(state?.snapshot.summary?.version ?? null);

  if (state === undefined) return <main className="popup" aria-busy="true" />;
  if (state.connection === null) return <Welcome />;
  const { connection, snapshot } = state;
  const standing = decideStanding(true, snapshot, Date.now());
  const format = readReaderFormat();
  return (
    <LocaleProvider locale={format.locale} timeZone={format.timeZone}>
      <main className="popup" data-standing={standing.kind}>
        <PopupHead
          connection={connection}
          snapshot={snapshot}
          isRefreshing={isRefreshing}
          onRefresh={refresh}
        />
        <PopupBody
          connection={connection}
          snapshot={snapshot}
          standing={standing}
          format={format}
          onRetry={refresh}
        />
      </main>
    </LocaleProvider>
  );
}

interface PopupBodyProps {
  connection: ConnectionView;
  snapshot: Snapshot;
  standing: Standing;
  format: ReaderFormat;
  onRetry(): void;
}

function PopupBody({ connection, snapshot, standing, format, onRetry }: PopupBodyProps) {
  const { summary, credits, usage } = snapshot;
  const canOpenBilling = parseBillingUrl(summary?.billingUrl ?? null, connection.serverUrl) !== null;
  const onOpenBilling = canOpenBilling ? openBilling : undefined;
  return (
    <>
      <div className="popup-body">
        <StandingNotice standing={standing} format={format} onRetry={onRetry} onOpenBilling={onOpenBilling} />
        {summary === null ? (
          standing.kind === 'loading' && <div className="popup-skeleton" aria-busy="true" />
        ) : (
          <div
            className="popup-figures"
            data-dim={standing.kind === 'stale' || standing.kind === 'error' || undefined}
          >
            {summary.credits && <BalanceCard summary={summary} credits={credits} format={format} />}
            <MeterList summary={summary} usage={usage} format={format} />
          </div>
        )}
      </div>
      <PopupFoot snapshot={snapshot} format={format} onOpenBilling={onOpenBilling} />
    </>
  );
}

function openBilling(): void {
  callBackground('openBilling', null).then(() => window.close(), reportError);
}
