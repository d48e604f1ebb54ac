import '../pages/prepare-page.ts';
import './options.css';
import { readReaderFormat } from '../chrome/system-port.ts';
import { useExtensionState } from '../pages/use-extension-state.ts';
import { ConnectForm } from './connect-form.tsx';
import { ConnectionCard } from './connection-card.tsx';
import { PrivacyNote } from './privacy-note.tsx';
import { SiteList } from './site-list.tsx';

/** The settings: which account is shown, and on which sites the card may appear. */
export default function Options() {
  const { state, refresh } = useExtensionState();
  if (state === undefined) return <main className="options" aria-busy="true" />;
  return (
    <main className="options">
      <h1>UsageKit</h1>
      <section aria-labelledby="account">
        <h2 id="account">Account</h2>
        {state.connection === null ? (
          <ConnectForm />
        ) : (
          <ConnectionCard
            connection={state.connection}
            snapshot={state.snapshot}
            format={readReaderFormat()}
            onRetry={refresh}
          />
        )}
      </section>
      <SiteList sites={state.sites} />
      <PrivacyNote sites={state.sites} serverUrl={state.connection?.serverUrl ?? null} />
    </main>
  );
}
