export interface PrivacyNoteProps {
  sites: readonly string[];
  /** Null while nothing is connected. */
  serverUrl: string | null;
}

/** What the extension can see and where it sends anything, as it is set at this moment. */
export function PrivacyNote({ sites, serverUrl }: PrivacyNoteProps) {
  return (
    <section aria-labelledby="privacy">
      <h2 id="privacy">What UsageKit can see</h2>
      <div className="card">
        <ul className="plain small">
          <li>
            {serverUrl === null
              ? 'It talks to no server.'
              : `It talks to ${new URL(serverUrl).host} and to nobody else. The token stays in this browser.`}
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
