import '../pages/page.css';
import './kit.css';
import './sidepanel.css';
import { CreditBalance, createClient, TaskTable, UsageKitProvider, UsagePanel } from '@usagekit/react';
import { useEffect, useMemo } from 'react';
import { holdWatch } from '../chrome/hold-watch.ts';
import { readReaderFormat } from '../chrome/ports/system-port.ts';
import { shownAccount } from '../core/account/shown-account.ts';
import type { AccountView } from '../core/rpc/rpc.ts';
import type { KitMessages } from '../kit-messages/give-kit-messages.ts';
import { AccountSwitcher } from '../pages/account-switcher.tsx';
import { useExtensionState } from '../pages/use-extension-state.ts';
import { useKitMessages } from '../pages/use-kit-messages.ts';
import { usePageLanguage } from '../pages/use-page-language.ts';
import { wordsOf } from '../words/words-of.ts';
import { backgroundUrl, createBackgroundFetch } from './background-fetch.ts';

/** Limits and alerts are set on the product's own pages: the extension only reads. */
const noTools = () => null;

/** The browser's side panel: the kit's widgets on the shown account, with six months of history. */
export default function SidePanel() {
  usePageLanguage();
  const { state } = useExtensionState();
  useEffect(() => holdWatch(), []);
  const words = wordsOf(readReaderFormat());
  const messages = useKitMessages(words.language);
  const shown = state && shownAccount(state);
  if (state === undefined || messages === undefined) return <main className="panel" aria-busy="true" />;
  if (shown === undefined) {
    return (
      <main className="panel">
        <h1>UsageKit</h1>
        <p className="muted">{words.badgeState.unpaired}</p>
      </main>
    );
  }
  return (
    <main className="panel">
      <h1>{shown.snapshot.summary?.accountName ?? shown.connection.accountName}</h1>
      <AccountSwitcher accounts={state.accounts} shownId={shown.connection.id} />
      <AccountPanel key={shown.connection.id} account={shown} messages={messages} />
    </main>
  );
}

function AccountPanel({ account, messages }: { account: AccountView; messages: KitMessages }) {
  const { connection, snapshot } = account;
  const { locale, timeZone } = readReaderFormat();
  const way = useMemo(() => createBackgroundFetch(connection.id), [connection.id]);
  const client = useMemo(() => createClient({ baseUrl: backgroundUrl, fetch: way.fetch }), [way]);
  const session = useMemo(() => ({ accountId: connection.accountId }), [connection.accountId]);
  useEffect(() => way.tell(snapshot), [way, snapshot]);
  return (
    <UsageKitProvider
      client={client}
      session={session}
      locale={locale}
      timeZone={timeZone}
      messages={messages}
    >
      {snapshot.summary?.credits && <CreditBalance headingLevel={2} />}
      <UsagePanel headingLevel={2} tools={noTools} />
      <TaskTable headingLevel={2} />
    </UsageKitProvider>
  );
}
