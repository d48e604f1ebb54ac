import { callBackground } from '../chrome/call-background.ts';
import type { AccountView } from '../core/rpc/rpc.ts';
import { readWords } from './read-words.ts';

export interface AccountSwitcherProps {
  accounts: readonly AccountView[];
  shownId: string;
}

/** Chooses the account that is shown, where several are connected. */
export function AccountSwitcher({ accounts, shownId }: AccountSwitcherProps) {
  if (accounts.length < 2) return null;
  return (
    <label className="switcher">
      <span className="visually-hidden">{readWords().popup.account}</span>
      <select
        className="select"
        value={shownId}
        onChange={({ target }) => {
          callBackground('choose', { connectionId: target.value }).catch(reportError);
        }}
      >
        {accounts.map(({ connection, snapshot }) => (
          <option key={connection.id} value={connection.id}>
            {snapshot.summary?.accountName ?? connection.accountName} · {new URL(connection.serverUrl).host}
          </option>
        ))}
      </select>
    </label>
  );
}
