import { type SubmitEvent, useState } from 'react';
import { callBackground } from '../chrome/call-background.ts';
import { createChromePermissions } from '../chrome/ports/permissions-port.ts';
import type { ConnectionView } from '../core/connection/connection.ts';
import { RpcError } from '../core/rpc/rpc.ts';
import { type BoundSite, parseSite } from '../core/sites/site.ts';
import { Icon } from '../pages/icon.tsx';
import { readWords } from '../pages/read-words.ts';
import { TextField } from './text-field.tsx';

export interface SiteListProps {
  sites: readonly BoundSite[];
  connections: readonly ConnectionView[];
}

/** The sites on which the card may appear, with a way to add and remove each. */
export function SiteList({ sites, connections }: SiteListProps) {
  const { settings: words, address } = readWords();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<string>();
  const [chosenId, setChosenId] = useState<string>();
  const connectionId = connections.find(({ id }) => id === chosenId)?.id ?? connections[0]?.id;
  const nameOf = (id: string) => connections.find((known) => known.id === id)?.accountName;

  /** The browser asks the user only within a click, so that nothing is awaited before it is asked to. */
  const add = async (): Promise<void> => {
    const site = parseSite(typed);
    if (!site.ok) return setProblem(address[site.problem]);
    if (connectionId === undefined) return setProblem(words.siteNeedsAccount);
    const isAdded = sites.some(
      (known) => known.origin === site.origin && known.connectionId === connectionId,
    );
    if (isAdded) return setProblem(words.siteAlready);
    const isAllowed = await createChromePermissions().requestSite(site.pattern);
    if (!isAllowed) return setProblem(words.siteNotAllowed);
    await callBackground('addSite', { origin: site.origin, connectionId });
    setTyped('');
    setProblem(undefined);
  };

  const onFailure = (error: unknown): void =>
    setProblem(error instanceof RpcError ? error.message : String(error));
  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    add().catch(onFailure);
  };

  return (
    <section aria-labelledby="sites">
      <h2 id="sites">{words.sites}</h2>
      <div className="card form">
        <p className="muted">{words.sitesIntro}</p>
        {sites.length > 0 && (
          <ul className="sites">
            {sites.map(({ origin, connectionId: ownerId, hasChip }) => (
              <li key={origin} className="row site-row">
                <span className="site">
                  {origin.replace(/^https:\/\//, '')}
                  {connections.length > 1 && <span className="small muted"> · {nameOf(ownerId)}</span>}
                </span>
                <button
                  type="button"
                  className="button"
                  data-kind="icon"
                  title={words.remove}
                  onClick={() => callBackground('removeSite', { origin }).catch(onFailure)}
                >
                  <Icon name="remove" />
                  <span className="visually-hidden">{words.removeSite(origin)}</span>
                </button>
                <label className="check small site-chip">
                  <input
                    type="checkbox"
                    checked={hasChip}
                    onChange={({ target }) =>
                      callBackground('setChip', { origin, isShown: target.checked }).catch(onFailure)
                    }
                  />
                  {words.siteChip}
                </label>
              </li>
            ))}
          </ul>
        )}
        <form className="add-site" onSubmit={onSubmit} noValidate>
          <TextField
            id="site"
            label={words.addSiteLabel}
            value={typed}
            onChange={setTyped}
            placeholder="app.example.com"
            problem={problem}
            inputMode="url"
          />
          {connections.length > 1 && (
            <select
              className="select"
              aria-label={words.account}
              value={connectionId}
              onChange={({ target }) => setChosenId(target.value)}
            >
              {connections.map(({ id, accountName }) => (
                <option key={id} value={id}>
                  {accountName}
                </option>
              ))}
            </select>
          )}
          <button type="submit" className="button">
            {words.add}
          </button>
        </form>
      </div>
    </section>
  );
}
