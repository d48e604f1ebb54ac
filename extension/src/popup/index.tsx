import './kit.css';
import '../pages/page.css';
import './popup.css';
import { LocaleProvider } from '@usagekit/react/usage-panel/no-charts';
import { type ComponentProps, useEffect } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import { holdWatch } from '../chrome/hold-watch.ts';
import { readReaderFormat } from '../chrome/ports/system-port.ts';
import { shownAccount } from '../core/account/shown-account.ts';
import type { Snapshot } from '../core/account/snapshot.ts';
import { type BadgeState, decideBadgeState } from '../core/badge/badge-state.ts';
import type { ConnectionView } from '../core/connection/connection.ts';
import type { ReaderFormat } from '../core/reader-format.ts';
import type { ExtensionState } from '../core/rpc/rpc.ts';
import { type ProductPage, productPages, productPageUrl } from '../core/server/product-pages.ts';
import type { IconChoice } from '../core/settings.ts';
import { AccountSwitcher } from '../pages/account-switcher.tsx';
import { useExtensionState } from '../pages/use-extension-state.ts';
import { useKitMessages } from '../pages/use-kit-messages.ts';
import { usePageLanguage } from '../pages/use-page-language.ts';
import { wordsOf } from '../words/words-of.ts';
import { BalanceCard } from './balance-card.tsx';
import { MeterList } from './meter-list.tsx';
import { PopupFoot } from './popup-foot.tsx';
import { PopupHead } from './popup-head.tsx';
import { SiteOffer } from './site-offer.tsx';
import { StateNotice } from './state-notice.tsx';
import { useAccountDetails } from './use-account-details.ts';
import { type OfferedPage, useDiscoveredPage } from './use-discovered-page.ts';
import { ConnectOffer, Welcome } from './welcome.tsx';

/** The popup of the toolbar button: the account's state at a glance. */
export default function Popup() {
  usePageLanguage();
  const { state, isRefreshing, refresh } = useExtensionState();
  const format = readReaderFormat();
  const messages = useKitMessages(wordsOf(format).language);
  useEffect(() => holdWatch(), []);
  const page = useDiscoveredPage();
  const shown = state && shownAccount(state);
  useAccountDetails(shown);

  if (state === undefined) return <main className="popup" aria-busy="true" />;
  if (shown === undefined) return <Welcome page={page} pairing={state.pairing} />;
  const { connection, snapshot } = shown;
  const head = (
    <PopupHead connection={connection} snapshot={snapshot} isRefreshing={isRefreshing} onRefresh={refresh} />
  );
  // The kit's parts wait for their texts in the reader's language; the extension's own need not.
  if (messages === undefined)
    return (
      <main className="popup" aria-busy="true">
        {head}
      </main>
    );
  const badgeState = decideBadgeState(true, snapshot, Date.now());
  return (
    <LocaleProvider locale={format.locale} timeZone={format.timeZone} messages={messages}>
      <main className="popup" data-badge-state={badgeState.kind}>
        {head}
        <AccountSwitcher accounts={state.accounts} shownId={connection.id} />
        <PopupBody
          connection={connection}
          snapshot={snapshot}
          badgeState={badgeState}
          format={format}
          icon={state.settings.icon}
          onRetry={refresh}
        />
        <PageOffers state={state} page={page} />
      </main>
    </LocaleProvider>
  );
}

interface PopupBodyProps {
  connection: ConnectionView;
  snapshot: Snapshot;
  badgeState: BadgeState;
  format: ReaderFormat;
  icon: IconChoice;
  onRetry(): void;
}

function PopupBody({ connection, snapshot, badgeState, format, icon, onRetry }: PopupBodyProps) {
  const { summary, credits, usage } = snapshot;
  const pages = productPages.filter((page) => productPageUrl(summary, page, connection.serverUrl) !== null);
  const onOpenBilling = pages.includes('billing') ? () => openPage('billing') : undefined;
  return (
    <>
      <div className="popup-body">
        <StateNotice
          badgeState={badgeState}
          format={format}
          icon={icon}
          onRetry={onRetry}
          onOpenBilling={onOpenBilling}
        />
        {summary === null ? (
          badgeState.kind === 'loading' && <div className="popup-skeleton" aria-busy="true" />
        ) : (
          <div
            className="popup-figures"
            data-dim={badgeState.kind === 'stale' || badgeState.kind === 'error' || undefined}
          >
            {summary.credits && <BalanceCard summary={summary} credits={credits} format={format} />}
            <MeterList summary={summary} usage={usage} format={format} />
          </div>
        )}
      </div>
      <PopupFoot snapshot={snapshot} format={format} pages={pages} onOpenPage={openPage} />
    </>
  );
}

/** The actions for the page in view: connect its product, or allow cards on it. */
function PageOffers({ state, page }: { state: ExtensionState; page: OfferedPage | undefined }) {
  const connections = state.accounts.map(({ connection }) => connection);
  if (state.pairing !== null) return <Offer page={page} pairing={state.pairing} />;
  if (page === undefined || page.serverUrl === null) return null;
  const isConnected = connections.some(({ serverUrl }) => serverUrl === page.serverUrl);
  return isConnected ? (
    <SiteOffer page={page} connections={connections} sites={state.sites} />
  ) : (
    <Offer page={page} pairing={null} />
  );
}

function Offer(props: ComponentProps<typeof ConnectOffer>) {
  return (
    <div className="popup-offer">
      <ConnectOffer {...props} />
    </div>
  );
}

function openPage(page: ProductPage): void {
  callBackground('openPage', { page }).then(() => window.close(), reportError);
}
