import { openSidePanel } from '../chrome/open-side-panel.ts';
import type { Snapshot } from '../core/account/snapshot.ts';
import type { ConnectionView } from '../core/connection/connection.ts';
import { Icon } from '../pages/icon.tsx';
import { readWords } from '../pages/read-words.ts';

export interface PopupHeadProps {
  connection: ConnectionView;
  snapshot: Snapshot;
  isRefreshing: boolean;
  onRefresh(): void;
}

/** The account's name, and the actions on the extension itself. */
export function PopupHead({ connection, snapshot, isRefreshing, onRefresh }: PopupHeadProps) {
  const { summary } = snapshot;
  const { popup: words } = readWords();
  const planName = summary?.planName ?? null;
  return (
    <header className="popup-head">
      <div className="popup-names">
        <h1 className="popup-account">{summary?.accountName ?? connection.accountName}</h1>
        <p className="popup-plan small muted">
          {planName === null ? new URL(connection.serverUrl).host : planName}
        </p>
      </div>
      <button
        type="button"
        className="button popup-refresh"
        data-kind="icon"
        data-busy={isRefreshing || undefined}
        onClick={onRefresh}
        title={words.refresh}
      >
        <Icon name="refresh" />
        <span className="visually-hidden">{words.refresh}</span>
      </button>
      <button
        type="button"
        className="button"
        data-kind="icon"
        onClick={() => openSidePanel().then(() => window.close(), reportError)}
        title={words.history}
      >
        <Icon name="history" />
        <span className="visually-hidden">{words.history}</span>
      </button>
      <button
        type="button"
        className="button"
        data-kind="icon"
        onClick={() => void chrome.runtime.openOptionsPage()}
        title={words.settings}
      >
        <Icon name="settings" />
        <span className="visually-hidden">{words.settings}</span>
      </button>
    </header>
  );
}
