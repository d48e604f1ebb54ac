import { useEffect, useState } from 'react';
import { readWords } from '../pages/read-words.ts';

/** The manifest's commands, in the order in which they are told. */
const commands = ['_execute_action', 'history', 'refresh', 'snooze'] as const;

/** Where a browser lets the user change keys. */
const shortcutsPage = 'chrome://extensions/shortcuts';

/** Firefox's own way there. */
interface FirefoxCommands {
  openShortcutSettings?(): Promise<void>;
}

/** The keys as they are set in this browser, and the way to change them. */
export function KeyList() {
  const { settings: words } = readWords();
  const [keys, setKeys] = useState<ReadonlyMap<string, string>>();
  useEffect(() => {
    const read = async (): Promise<void> => {
      const found = await chrome.commands.getAll();
      setKeys(new Map(found.map(({ name = '', shortcut = '' }) => [name, shortcut])));
    };
    const onShown = (): void => void read().catch(reportError);
    onShown();
    // The user comes back from where keys are changed.
    document.addEventListener('visibilitychange', onShown);
    return () => document.removeEventListener('visibilitychange', onShown);
  }, []);

  const change = async (): Promise<void> => {
    const { openShortcutSettings } = chrome.commands as FirefoxCommands;
    if (openShortcutSettings !== undefined) await openShortcutSettings();
    else await chrome.tabs.create({ url: shortcutsPage });
  };
  return (
    <section aria-labelledby="keys">
      <h2 id="keys">{words.keys}</h2>
      <div className="card">
        <dl className="facts keys">
          {commands.map((command) => (
            <div key={command}>
              <dt>{words.keyOf[command]}</dt>
              <dd>{keys?.get(command) || words.noKey}</dd>
            </div>
          ))}
        </dl>
        <div className="actions">
          <button type="button" className="button" onClick={() => change().catch(reportError)}>
            {words.changeKeys}
          </button>
        </div>
      </div>
    </section>
  );
}
