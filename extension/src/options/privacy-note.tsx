import type { ConnectionView } from '../core/connection.ts';
import type { BoundSite } from '../core/site.ts';

export interface PrivacyNoteProps {
  sites: readonly BoundSite[];
  connections: readonly ConnectionView[];
}

/** What the extension can see and where it sends data, by its present settings. */
export function PrivacyNote({ sites, connections }: PrivacyNoteProps) {
  const hosts = [...new Set(connections.map(({ serverUrl }) => new URL(serverUrl).host))];
  return (
    <section aria-labelledby="privacy">
      <h2 id="privacy">What UsageKit can see</h2>
      <div className="card">
        <ul className="plain small">
          <li>
            {hosts.length === 0
              ? 'It talks to no server.'
              : `It talks to ${hosts.join(', ')} and to nobody else. The tokens stay in this browser.`}
          </li>
          <li>
            {sites.length === 0
              ? 'It sees no site.'
              : 'On the sites above it sees which answers say that a limit was reached. It does not read what is on the page.'}
          </li>
          <li>It can read figures. It cannot buy, change or cancel anything.</li>
        </ul>
      </div>
    </section>
  );
}
