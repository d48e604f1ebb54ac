import '../pages/page.css';
import './options.css';
import { readReaderFormat } from '../chrome/ports/system-port.ts';
import { readWords } from '../pages/read-words.ts';
import { useExtensionState } from '../pages/use-extension-state.ts';
import { usePageLanguage } from '../pages/use-page-language.ts';
import { ConnectForm } from './connect-form.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { IconChoiceForm } from './icon-choice-form.tsx';
import { KeyList } from './key-list.tsx';
import { NotifyForm } from './notify-form.tsx';
import { PairForm } from './pair-form.tsx';
import { PrivacyNote } from './privacy-note.tsx';
import { SiteList } from './site-list.tsx';

/** The settings: which accounts are shown, how, and on which sites the card may appear. */
export default function Options() {
  usePageLanguage();
  const { state, refresh } = useExtensionState();
  if (state === undefined) return <main className="options" aria-busy="true" />;
  const { settings: words, connect } = readWords();
  const connections = state.accounts.map(({ connection }) => connection);
  return (
    <main className="options">
      <h1>UsageKit</h1>
      <section aria-labelledby="accounts">
        <h2 id="accounts">{words.accounts}</h2>
        {state.accounts.map(({ connection, snapshot }) => (
          <ConnectionCard
            key={connection.id}
            connection={connection}
            snapshot={snapshot}
            format={readReaderFormat()}
            onRetry={refresh}
          />
        ))}
        <PairForm pairing={state.pairing} hasAccount={connections.length > 0} />
        <details className="card other-way">
          <summary>{connect.withToken}</summary>
          <ConnectForm />
        </details>
      </section>
      {state.accounts.length > 0 && <IconChoiceForm state={state} />}
      {state.accounts.length > 0 && <NotifyForm settings={state.settings.notify} />}
      <SiteList sites={state.sites} connections={connections} />
      <KeyList />
      <PrivacyNote sites={state.sites} connections={connections} />
    </main>
  );
}
