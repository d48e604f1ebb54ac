import { callBackground } from '../chrome/call-background.ts';
import { shownAccount } from '../core/account/shown-account.ts';
import type { ExtensionState } from '../core/rpc/rpc.ts';
import type { IconChoice } from '../core/settings.ts';
import { readWords } from '../pages/read-words.ts';

/** Chooses the icon's account and figure, shown as used or as left. */
export function IconChoiceForm({ state }: { state: ExtensionState }) {
  const { settings: words, popup } = readWords();
  const { icon, chosenConnectionId } = state.settings;
  const summary = shownAccount(state)?.snapshot.summary;
  const set = (change: Partial<IconChoice>): void => {
    callBackground('setIcon', { ...icon, ...change }).catch(reportError);
  };
  // Money is a balance, and so is what no account has named yet.
  const label = summary?.creditLabel;
  const creditsName = label && label.currency === undefined ? label.other : popup.balance;
  const choices: [value: IconChoice['what'], label: string][] = [
    ['auto', words.worst],
    ['credits', creditsName],
    ...(summary?.meters ?? []).map(
      ({ metric, label }) => [`meter:${metric}`, label] as [IconChoice['what'], string],
    ),
    ...(summary?.windows ?? []).map(
      ({ id, label }) => [`window:${id}`, label] as [IconChoice['what'], string],
    ),
    ['reset', words.untilReset],
  ];
  // A choice of another account's stays chosen while this one, which does not have it, is shown.
  if (!choices.some(([value]) => value === icon.what))
    choices.push([icon.what, icon.what.replace(/^\w+:/, '')]);
  return (
    <section aria-labelledby="icon">
      <h2 id="icon">{words.icon}</h2>
      <div className="card form">
        {state.accounts.length > 1 && (
          <Choice
            id="icon-account"
            label={words.iconAccount}
            value={chosenConnectionId ?? ''}
            choices={[
              ['', words.mostUrgent],
              ...state.accounts.map(
                ({ connection }) =>
                  [
                    connection.id,
                    `${connection.accountName}, ${new URL(connection.serverUrl).host}`,
                  ] as const,
              ),
            ]}
            onChange={(connectionId) => void callBackground('choose', { connectionId }).catch(reportError)}
          />
        )}
        <Choice
          id="icon-what"
          label={words.iconShows}
          value={icon.what}
          choices={choices}
          onChange={(what) => set({ what: what as IconChoice['what'] })}
        />
        <Choice
          id="icon-as"
          label={words.iconAs}
          value={icon.as}
          choices={[
            ['left', words.percentLeft],
            ['used', words.percentUsed],
          ]}
          onChange={(as) => set({ as: as === 'used' ? 'used' : 'left' })}
        />
        <label className="check">
          <input
            type="checkbox"
            checked={icon.onlyTrouble}
            onChange={({ target }) => set({ onlyTrouble: target.checked })}
          />
          {words.onlyTrouble}
        </label>
      </div>
    </section>
  );
}

interface ChoiceProps {
  id: string;
  label: string;
  value: string;
  choices: readonly (readonly [value: string, label: string])[];
  onChange(value: string): void;
}

function Choice({ id, label, value, choices, onChange }: ChoiceProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="select" value={value} onChange={({ target }) => onChange(target.value)}>
        {choices.map(([known, words]) => (
          <option key={known} value={known}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
