import { readReaderFormat } from '../chrome/ports/system-port.ts';
import type { ConnectionView } from '../core/connection/connection.ts';
import type { BoundSite } from '../core/sites/site.ts';
import { readWords } from '../pages/read-words.ts';

export interface PrivacyNoteProps {
  sites: readonly BoundSite[];
  connections: readonly ConnectionView[];
}

/** What the extension can see and where it sends data, by its present settings. */
export function PrivacyNote({ sites, connections }: PrivacyNoteProps) {
  const { settings: words } = readWords();
  const hosts = [...new Set(connections.map(({ serverUrl }) => new URL(serverUrl).host))];
  return (
    <section aria-labelledby="privacy">
      <h2 id="privacy">{words.privacy}</h2>
      <div className="card">
        <ul className="plain small">
          <li>
            {hosts.length === 0
              ? words.talksToNobody
              : words.talksTo(new Intl.ListFormat(readReaderFormat().locale).format(hosts))}
          </li>
          <li>{sites.length === 0 ? words.seesNoSite : words.seesSites}</li>
          <li>{words.readsOnly}</li>
        </ul>
      </div>
    </section>
  );
}
